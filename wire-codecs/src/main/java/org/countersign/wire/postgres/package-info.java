/**
 * PostgreSQL's frontend/backend protocol, version 3, in both directions. Decoders check every length before they keep a
 * byte and every message to its last byte; writers only ever write what a message record says, so nothing passes that
 * was not read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message formats</a>
 */
@NullMarked
package org.countersign.wire.postgres;

import org.jspecify.annotations.NullMarked;
