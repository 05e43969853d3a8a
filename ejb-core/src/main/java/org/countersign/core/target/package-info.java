/** How targets are reached: their addresses and the gateway's own credentials for them. */
@NullMarked
package org.countersign.core.target;

import org.jspecify.annotations.NullMarked;
