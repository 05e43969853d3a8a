/** Bytes to messages of each protocol and back; one package per protocol, none of which knows another. */
@NullMarked
package org.countersign.wire;

import org.jspecify.annotations.NullMarked;
