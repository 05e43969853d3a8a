package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one message: its length is set when its content is known, and no number is narrowed without a check. */
final class MessageWriter {
    private static final int MAX_COUNT = 0xffff;
    private static final int UNTAGGED = -1;

    private final ByteBuf out;
    private final int lengthAt;

    private MessageWriter(ByteBuf out, int tag) {
        this.out = out;
        if (tag != UNTAGGED) {
            out.writeByte(tag);
        }
        lengthAt = out.writerIndex();
        out.writeInt(0);
    }

    static MessageWriter tagged(ByteBuf out, char tag) {
        return new MessageWriter(out, tag);
    }

    static MessageWriter untagged(ByteBuf out) {
        return new MessageWriter(out, UNTAGGED);
    }

    static void empty(ByteBuf out, char tag) {
        tagged(out, tag).end();
    }

    void end() {
        out.setInt(lengthAt, out.writerIndex() - lengthAt);
    }

    MessageWriter int8(int value) {
        out.writeByte(value);
        return this;
    }

    MessageWriter int16(short value) {
        out.writeShort(value);
        return this;
    }

    MessageWriter count(int value) {
        if (value < 0 || value > MAX_COUNT) {
            throw new IllegalArgumentException(value + " elements do not fit a message, limit " + MAX_COUNT);
        }
        out.writeShort(value);
        return this;
    }

    MessageWriter int32(int value) {
        out.writeInt(value);
        return this;
    }

    MessageWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    MessageWriter value(byte @Nullable [] value) {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(value.length);
            out.writeBytes(value);
        }
        return this;
    }

    /** @throws IllegalArgumentException when the text holds a NUL, which would end it for the reader */
    MessageWriter string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text with a NUL cannot be sent");
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
        return this;
    }

    MessageWriter formats(List<Format> formats) {
        return list(formats, format -> out.writeShort(format.code()));
    }

    <T> MessageWriter list(List<T> elements, Consumer<T> element) {
        count(elements.size());
        elements.forEach(element);
        return this;
    }

    ByteBuf out() {
        return out;
    }
}
