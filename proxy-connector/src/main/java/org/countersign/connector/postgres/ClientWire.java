package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendWriter;

/** The way back to the client. Confined to the session's event loop. */
final class ClientWire {
    private static final int FAREWELL_SECONDS = 5;
    private final Channel channel;
    private CompletableFuture<Boolean> room = CompletableFuture.completedFuture(true);

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

    /** Completes when the client takes more: at once, or once it has read most of what waits for it. */
    CompletionStage<Boolean> room() {
        if (channel.isWritable() || !channel.isActive()) {
            return CompletableFuture.completedStage(true);
        }
        channel.flush();
        if (room.isDone()) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** The client takes more, or is gone. */
    void roomChanged() {
        if (channel.isWritable() || !channel.isActive()) {
            room.complete(true);
        }
    }

    boolean open() {
        return channel.isActive();
    }

    /** Sends a last message and closes, even when the client does not read. */
    void farewell(BackendMessage message) {
        ByteBuf out = channel.alloc().buffer(256);
        BackendWriter.write(message, out);
        farewell(out);
    }

    /** @param last the last bytes before the end; released here */
    void farewell(ByteBuf last) {
        if (channel.isActive()) {
            channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
        } else {
            last.release();
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
