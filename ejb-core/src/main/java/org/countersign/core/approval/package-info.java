/** Held commands and the people who countersign them. */
@NullMarked
package org.countersign.core.approval;

import org.jspecify.annotations.NullMarked;
