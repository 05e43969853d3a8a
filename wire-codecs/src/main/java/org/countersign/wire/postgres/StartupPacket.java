package org.countersign.wire.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The packets that may open a connection; they carry no tag. */
public sealed interface StartupPacket {
    record SslRequest() implements StartupPacket {}

    record GssEncRequest() implements StartupPacket {}

    /** @param key 4 bytes in protocol 3.0, up to 256 from 3.2 on */
    record CancelRequest(int processId, byte[] key) implements StartupPacket {
        @Override
        public String toString() {
            return "CancelRequest[hidden]";
        }
    }

    /**
     * A request for a session.
     *
     * @param major 3; with any other nothing but the version was read
     * @param parameters in the order sent, each name once; attacker's input
     */
    record Startup(int major, int minor, SequencedMap<String, String> parameters) implements StartupPacket {
        public Startup {
            parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        }
    }
}
