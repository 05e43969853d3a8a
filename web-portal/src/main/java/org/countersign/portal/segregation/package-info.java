/** What is kept apart. */
@NullMarked
package org.countersign.portal.segregation;

import org.jspecify.annotations.NullMarked;
