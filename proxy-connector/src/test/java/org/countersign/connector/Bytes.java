package org.countersign.connector;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages of the protocol byte by byte, so that any of them can be wrong. */
final class Bytes {
    private Bytes() {}

    static byte[] message(char tag, byte[]... content) {
        byte[] body = join(content);
        return message(tag, body.length + 4, body);
    }

    /** A message that declares whatever length. */
    static byte[] message(char tag, int declared, byte[]... content) {
        return join(new byte[] {(byte) tag}, int32(declared), join(content));
    }

    /** The packet that begins a session. */
    static byte[] startup(String... pairs) {
        var content = new ByteArrayOutputStream();
        for (String text : pairs) {
            content.writeBytes(text(text));
        }
        content.write(0);
        return packet(196_608, content.toByteArray());
    }

    /** What comes before the first message with a tag. */
    static byte[] packet(int code, byte[]... content) {
        byte[] body = join(content);
        return join(int32(body.length + 8), int32(code), body);
    }

    static byte[] text(String text) {
        return join(text.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    static byte[] int16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
