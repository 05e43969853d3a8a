/** The segregation report on the screen. */
@NullMarked
package org.countersign.portal.audit;

import org.jspecify.annotations.NullMarked;
