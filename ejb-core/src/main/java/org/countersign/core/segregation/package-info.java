/** Who answers for what a principal does, and what one person may not do twice. */
@NullMarked
package org.countersign.core.segregation;

import org.jspecify.annotations.NullMarked;
