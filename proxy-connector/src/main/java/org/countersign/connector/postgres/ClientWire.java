package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendWriter;

/** The way back to the client. Confined to the session's event loop. */
final class ClientWire {
    private final Channel channel;

    ClientWire(Channel channel) {
        this.channel = channel;
    }

    ClientWire write(BackendMessage message) {
        ByteBuf out = channel.alloc().buffer(256);
        BackendWriter.write(message, out);
        channel.write(out);
        return this;
    }

    /** @param messages whole messages; the buffer is released here */
    void write(ByteBuf messages) {
        channel.write(messages);
    }

    ByteBuf buffer() {
        return channel.alloc().buffer(1024);
    }

    void flush() {
        channel.flush();
    }

    boolean writable() {
        return channel.isWritable();
    }

    boolean open() {
        return channel.isActive();
    }

    /** Sends a last message and closes. */
    void farewell(BackendMessage message) {
        if (channel.isActive()) {
            ByteBuf out = channel.alloc().buffer(256);
            BackendWriter.write(message, out);
            channel.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    void close() {
        channel.close();
    }

    void listen(boolean reading) {
        channel.config().setAutoRead(reading);
    }
}
