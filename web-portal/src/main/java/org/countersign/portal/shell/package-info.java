@NullMarked
package org.countersign.portal.shell;

import org.jspecify.annotations.NullMarked;
