package org.countersign.wire.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.countersign.wire.WireException;

/** Bytes to text, where a byte that is no UTF-8 either breaks the message or becomes U+FFFD. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static String strict(byte[] bytes, String what) {
        String text = lenient(bytes);
        if (text.indexOf(REPLACEMENT) >= 0) {
            verify(bytes, what);
        }
        return text;
    }

    static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void verify(byte[] bytes, String what) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new WireException("22021", what + " is not UTF-8");
        }
    }
}
