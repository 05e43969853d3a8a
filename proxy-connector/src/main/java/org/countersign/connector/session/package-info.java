/** One client connection from the first byte to the last, whatever its protocol. */
@NullMarked
package org.countersign.connector.session;

import org.jspecify.annotations.NullMarked;
