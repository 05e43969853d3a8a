package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.countersign.wire.WireException;
import org.jspecify.annotations.Nullable;

/** The content of one message, read front to back; whatever is missing, left over or malformed is a WireException. */
final class Body {
    private static final byte NUL = 0;

    private final ByteBuf in;

    /** @param in exactly the message's content; stays owned by the caller */
    Body(ByteBuf in) {
        this.in = in;
    }

    int remaining() {
        return in.readableBytes();
    }

    byte int8(String what) {
        require(1, what);
        return in.readByte();
    }

    /** An Int16 that counts or names something, which PostgreSQL reads as unsigned. */
    int uint16(String what) {
        require(2, what);
        return in.readUnsignedShort();
    }

    short int16(String what) {
        require(2, what);
        return in.readShort();
    }

    int int32(String what) {
        require(4, what);
        return in.readInt();
    }

    byte[] bytes(int length, String what) {
        if (length < 0) {
            throw new WireException(what + " declares " + length + " bytes");
        }
        require(length, what);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    byte[] rest() {
        return bytes(in.readableBytes(), "rest");
    }

    /** A value behind its Int32 length. */
    byte @Nullable [] value(String what) {
        int length = int32(what);
        return length == -1 ? null : bytes(length, what);
    }

    String string(String what) {
        return Utf8.strict(terminated(what), what);
    }

    String lenientString(String what) {
        return Utf8.lenient(terminated(what));
    }

    /**
     * Reads a list behind its Int16 count.
     *
     * @param elementBytes the least an element takes, so that a count that cannot be true allocates nothing
     */
    <T> List<T> list(int elementBytes, String what, Supplier<T> element) {
        int count = uint16(what);
        if ((long) count * elementBytes > remaining()) {
            throw new WireException(what + " declares " + count + " elements, content left " + remaining());
        }
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return elements;
    }

    void end(String what) {
        if (in.isReadable()) {
            throw new WireException(what + " has " + in.readableBytes() + " bytes too many");
        }
    }

    private byte[] terminated(String what) {
        int length = in.bytesBefore(NUL);
        if (length < 0) {
            throw new WireException(what + " is not terminated");
        }
        byte[] bytes = bytes(length, what);
        in.skipBytes(1);
        return bytes;
    }

    private void require(int bytes, String what) {
        if (in.readableBytes() < bytes) {
            throw new WireException(what + " needs " + bytes + " bytes, content left " + in.readableBytes());
        }
    }
}
