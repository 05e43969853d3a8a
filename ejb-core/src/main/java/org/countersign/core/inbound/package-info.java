/** The message endpoints through which the connector asks. */
@NullMarked
package org.countersign.core.inbound;

import org.jspecify.annotations.NullMarked;
