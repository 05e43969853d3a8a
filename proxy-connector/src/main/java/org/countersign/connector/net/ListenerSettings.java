package org.countersign.connector.net;

import java.util.Optional;

/**
 * Where and how clients are received.
 *
 * @param port 0 for any free one
 * @param requireTls whether a client without TLS is refused before it can send a password
 */
public record ListenerSettings(
        String bindAddress,
        int port,
        boolean requireTls,
        Optional<Tls.Keystore> keystore,
        ConnectionLimits connections,
        SessionLimits sessions) {
    public ListenerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (requireTls && keystore.isEmpty()) {
            throw new IllegalArgumentException("requireTls needs a key store");
        }
    }
}
