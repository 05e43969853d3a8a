/** The one gate every command passes: record, decide, hold, mask. */
@NullMarked
package org.countersign.connector.intercept;

import org.jspecify.annotations.NullMarked;
