package org.countersign.model.port;

/**
 * What the server side of SCRAM-SHA-256 keeps instead of a password.
 *
 * @param salt at least 16 bytes
 * @param iterations at least 4096
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-3">RFC 5802</a>
 */
public record ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    @Override
    public String toString() {
        return "ScramVerifier[hidden]";
    }
}
