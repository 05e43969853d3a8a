package org.countersign.connector.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendWriter;
import org.jspecify.annotations.Nullable;

/** The way back to the client. Confined to the session's event loop. */
final class ClientWire {
    private static final int FAREWELL_SECONDS = 5;
    private static final int MAX_GATHERED_COPY = 16 << 10;
    private final Channel channel;
    private CompletableFuture<Boolean> room = CompletableFuture.completedFuture(true);
    private @Nullable ByteBuf gathered;

    ClientWire(Channel channel) {
        this.channel = channel;
    }

    /** Leaves with the next flush. */
    ClientWire write(BackendMessage message) {
        ByteBuf out = gathered;
        if (out == null) {
            out = channel.alloc().buffer(512);
            gathered = out;
        }
        BackendWriter.write(message, out);
        passOn();
        return this;
    }

    /** @param messages whole messages; the buffer is released here */
    void write(ByteBuf messages) {
        ByteBuf before = gathered;
        if (before == null) {
            gathered = messages;
        } else if (messages.readableBytes() <= MAX_GATHERED_COPY) {
            before.writeBytes(messages);
            messages.release();
        } else {
            channel.write(before);
            gathered = messages;
        }
        passOn();
    }

    /** Much that is gathered goes to the channel, whose water mark knows of it then. */
    private void passOn() {
        ByteBuf out = gathered;
        if (out != null && out.readableBytes() > MAX_GATHERED_COPY) {
            gathered = null;
            channel.write(out);
        }
    }

    ByteBuf buffer() {
        return channel.alloc().buffer(1024);
    }

    void flush() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            channel.write(out);
        }
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
        flush();
        if (room.isDone()) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** The client takes more, or is gone. */
    void roomChanged() {
        if (!channel.isActive()) {
            drop();
        }
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
            write(last);
            ByteBuf out = gathered;
            gathered = null;
            channel.writeAndFlush(out == null ? Unpooled.EMPTY_BUFFER : out).addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
        } else {
            last.release();
            close();
        }
    }

    void close() {
        drop();
        channel.close();
    }

    /** Nobody reads any more. */
    void drop() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            out.release();
        }
    }

    void listen(boolean reading) {
        channel.config().setAutoRead(reading);
    }
}
