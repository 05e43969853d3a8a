package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.countersign.wire.postgres.BackendMessage.NegotiateProtocolVersion;
import org.countersign.wire.postgres.StartupPacket.Startup;

/** Which version of the protocol is spoken, as PostgreSQL 18 settles it. */
final class ProtocolVersion {
    static final int MAJOR = 3;
    /** From here on a cancel key may be longer than 32 bits. There never was a 3.1. */
    static final int NEWEST_MINOR = 2;

    private static final int SHORT_KEY_BYTES = 4;
    private static final int LONG_KEY_BYTES = 32;
    private static final String OPTION_PREFIX = "_pq_.";

    private ProtocolVersion() {}

    /** What a client hears that asks for a newer minor version, or for protocol options: we know none. */
    static Optional<NegotiateProtocolVersion> answer(Startup startup) {
        List<String> unknown = startup.parameters().keySet().stream()
                .filter(ProtocolVersion::isOption)
                .toList();
        return startup.minor() > NEWEST_MINOR || !unknown.isEmpty()
                ? Optional.of(
                        new NegotiateProtocolVersion(MAJOR << 16 | Math.min(startup.minor(), NEWEST_MINOR), unknown))
                : Optional.empty();
    }

    /** 256 bits for whoever can take them. */
    static int cancelKeyBytes(Startup startup) {
        return startup.minor() >= NEWEST_MINOR ? LONG_KEY_BYTES : SHORT_KEY_BYTES;
    }

    static boolean isOption(String parameter) {
        return parameter.startsWith(OPTION_PREFIX);
    }

    /** Refuses another major version; one before 3 is told in its own form, which has no fields. */
    static void refuse(Startup startup, ClientWire client) {
        String message = "unsupported frontend protocol " + startup.major() + "." + startup.minor()
                + ": server supports 3.0 to " + MAJOR + "." + NEWEST_MINOR;
        if (startup.major() > MAJOR) {
            client.farewell(PostgresErrors.fatal(PostgresErrors.FEATURE_NOT_SUPPORTED, message));
            return;
        }
        ByteBuf out = client.buffer();
        out.writeCharSequence("EFATAL:  " + message + "\n\0", StandardCharsets.US_ASCII);
        client.farewell(out);
    }
}
