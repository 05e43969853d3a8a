/** Who decides in whose place. */
@NullMarked
package org.countersign.portal.delegation;

import org.jspecify.annotations.NullMarked;
