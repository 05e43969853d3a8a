@NullMarked
package org.countersign.portal.approval;

import org.jspecify.annotations.NullMarked;
