package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import org.countersign.wire.postgres.StartupPacket.CancelRequest;
import org.countersign.wire.postgres.StartupPacket.GssEncRequest;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupPacket.Startup;

/** Writes the packets that open a connection to a target. */
public final class StartupWriter {
    private StartupWriter() {}

    /** @throws IllegalArgumentException when a parameter cannot be sent: an empty name, a NUL */
    public static void write(StartupPacket packet, ByteBuf out) {
        MessageWriter writer = MessageWriter.untagged(out);
        switch (packet) {
            case SslRequest() -> writer.int32(StartupDecoder.SSL_CODE);
            case GssEncRequest() -> writer.int32(StartupDecoder.GSS_CODE);
            case CancelRequest(int processId, byte[] key) ->
                writer.int32(StartupDecoder.CANCEL_CODE).int32(processId).bytes(key);
            case Startup startup -> startup(startup, writer);
        }
        writer.end();
    }

    private static void startup(Startup startup, MessageWriter writer) {
        writer.int32(startup.major() << 16 | startup.minor());
        startup.parameters().forEach((name, value) -> {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("an empty parameter name would end the packet");
            }
            writer.string(name).string(value);
        });
        writer.int8(0);
    }
}
