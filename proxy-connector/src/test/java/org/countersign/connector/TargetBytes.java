package org.countersign.connector;

import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.text;

import java.nio.charset.StandardCharsets;

/** What a server says, honest or not. */
final class TargetBytes {
    /** What must not reach a client, wherever the target says it. */
    static final String SECRET = "SENTINEL-4d1f-of-the-target";

    static final byte[] OK = authentication(0);
    static final byte[] READY = message('Z', new byte[] {'I'});

    private TargetBytes() {}

    static byte[] authentication(int code, byte[]... content) {
        return message('R', int32(code), join(content));
    }

    static byte[] sasl(int code, String content) {
        return authentication(code, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] parameter(String name, String value) {
        return message('S', text(name), text(value));
    }

    /** An error or a notice of the fields given as a code and a text each. */
    static byte[] diagnostic(char tag, String... fields) {
        byte[] content = new byte[0];
        for (String field : fields) {
            content = join(content, text(field));
        }
        return message(tag, content, new byte[1]);
    }

    /** A row of as many values as there are texts. */
    static byte[] row(String... values) {
        byte[] content = int16(values.length);
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            content = join(content, int32(bytes.length), bytes);
        }
        return message('D', content);
    }

    /** The description of columns of type text that belong to no table. */
    static byte[] described(String... names) {
        byte[] content = int16(names.length);
        for (String name : names) {
            content = join(content, text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0));
        }
        return message('T', content);
    }
}
