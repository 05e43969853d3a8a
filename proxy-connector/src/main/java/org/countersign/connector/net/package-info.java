/** Sockets: listeners, their limits, and TLS on both sides. */
@NullMarked
package org.countersign.connector.net;

import org.jspecify.annotations.NullMarked;
