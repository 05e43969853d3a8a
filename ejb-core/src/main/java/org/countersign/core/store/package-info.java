/** How values of the JDK are kept in the store. */
@NullMarked
package org.countersign.core.store;

import org.jspecify.annotations.NullMarked;
