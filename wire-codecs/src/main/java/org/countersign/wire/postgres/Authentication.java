package org.countersign.wire.postgres;

import java.util.List;

/** The messages with tag {@code R}. */
public sealed interface Authentication extends BackendMessage {
    record Ok() implements Authentication {}

    record CleartextPassword() implements Authentication {}

    /** @param salt 4 bytes */
    record Md5Password(byte[] salt) implements Authentication {}

    record Sasl(List<String> mechanisms) implements Authentication {
        public Sasl {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    record SaslContinue(byte[] data) implements Authentication {}

    record SaslFinal(byte[] data) implements Authentication {}

    /** Kerberos, GSSAPI, SSPI and whatever is to come; its content is gone. */
    record Other(int code) implements Authentication {}
}
