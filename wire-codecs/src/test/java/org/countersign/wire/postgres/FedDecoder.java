package org.countersign.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.countersign.wire.WireException;

/**
 * What holds for a decoder of tagged messages, whatever bytes come: it says the same however the stream is cut; each
 * message stands for exactly one frame of the stream, and written again it is the bytes of that frame; no frame beyond
 * the limit is read, and nothing behind a broken one; it keeps no more than one message and returns what it kept.
 */
record FedDecoder(Supplier<MessageDecoder> decoders, Writer written) {
    static final int LIMIT = 4_096;

    private static final int HEADER_BYTES = 5;
    /** Buffers grow in powers of two, and the old one lives until its content is copied. */
    private static final int MAX_HELD_BYTES = 4 * LIMIT;

    private static final int MAX_FAULT_CHARACTERS = 200;

    /** Writes one message again. */
    interface Writer {
        /** Returns whether the message has to give the frame it came from. */
        boolean write(Object message, byte[] frame, ByteBuf out);
    }

    private record Heard(List<Object> messages, boolean broken) {}

    void check(byte[] stream) {
        Heard whole = hear(stream, Math.max(1, stream.length));
        Heard inPieces = hear(stream, 1 + (Arrays.hashCode(stream) & 0x7f));

        assertThat(inPieces.broken()).isEqualTo(whole.broken());
        assertThat(inPieces.messages()).hasSameSizeAs(whole.messages());
        checkFrames(stream, whole);
        checkFrames(stream, inPieces);
    }

    private void checkFrames(byte[] stream, Heard heard) {
        int at = 0;
        for (Object message : heard.messages()) {
            assertThat(stream.length - at).isGreaterThanOrEqualTo(HEADER_BYTES);
            int declared = declared(stream, at);
            assertThat(declared).isBetween(HEADER_BYTES - 1, LIMIT);
            assertThat(stream.length - at - 1).isGreaterThanOrEqualTo(declared);
            byte[] frame = Arrays.copyOfRange(stream, at, at + 1 + declared);
            checkWrittenAgain(message, frame);
            at += frame.length;
        }
        if (!heard.broken() && stream.length - at >= HEADER_BYTES) {
            assertThat(declared(stream, at)).isBetween(stream.length - at, LIMIT);
        }
    }

    private void checkWrittenAgain(Object message, byte[] frame) {
        ByteBuf out = Unpooled.buffer();
        try {
            if (written.write(message, frame, out)) {
                byte[] again = new byte[out.readableBytes()];
                out.readBytes(again);
                assertThat(again).as(message.getClass().getSimpleName()).isEqualTo(frame);
            }
        } finally {
            out.release();
        }
    }

    private static int declared(byte[] stream, int at) {
        return (stream[at + 1] & 0xff) << 24
                | (stream[at + 2] & 0xff) << 16
                | (stream[at + 3] & 0xff) << 8
                | (stream[at + 4] & 0xff);
    }

    private Heard hear(byte[] stream, int pieceBytes) {
        List<Object> messages = new ArrayList<>();
        boolean broken = false;
        var memory = new UnpooledByteBufAllocator(false);
        var channel = new EmbeddedChannel(decoders.get());
        channel.config().setAllocator(memory);
        for (int at = 0; at < stream.length; at += pieceBytes) {
            int bytes = Math.min(pieceBytes, stream.length - at);
            try {
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, bytes));
            } catch (WireException fault) {
                assertThat(broken).as("nothing is read behind a broken message").isFalse();
                assertThat(String.valueOf(fault.getMessage())).hasSizeLessThan(MAX_FAULT_CHARACTERS);
                broken = true;
            }
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                messages.add(message);
            }
            assertThat(memory.metric().usedHeapMemory()).isLessThanOrEqualTo(MAX_HELD_BYTES);
        }
        assertThat(channel.finishAndReleaseAll()).isFalse();
        assertThat(memory.metric().usedHeapMemory()).isZero();
        return new Heard(messages, broken);
    }
}
