package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** Bytes in, messages out. */
final class Wire {
    private Wire() {}

    static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    static List<Object> decode(ChannelHandler decoder, ByteBuf bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        try {
            channel.writeInbound(bytes);
            return read(channel);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    static List<Object> decodeByteByByte(ChannelHandler decoder, ByteBuf bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        try {
            while (bytes.isReadable()) {
                channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {bytes.readByte()}));
            }
            return read(channel);
        } finally {
            bytes.release();
            channel.finishAndReleaseAll();
        }
    }

    private static List<Object> read(EmbeddedChannel channel) {
        List<Object> messages = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            messages.add(message);
        }
        return messages;
    }
}
