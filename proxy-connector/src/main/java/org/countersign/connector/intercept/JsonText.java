package org.countersign.connector.intercept;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object in the making. Written by hand because a frame is made for every command on an event loop, where the
 * look-up of a JSON provider by context class loader costs more than the frame and depends on the thread.
 */
public final class JsonText {
    private final StringBuilder out = new StringBuilder(384).append('{');
    private boolean first = true;

    public JsonText put(String name, @Nullable String value) {
        name(name);
        value(out, value);
        return this;
    }

    public JsonText put(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    public JsonText put(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    public JsonText put(String name, Collection<String> values) {
        name(name);
        out.append('[');
        String separator = "";
        for (String value : values) {
            out.append(separator);
            value(out, value);
            separator = ",";
        }
        out.append(']');
        return this;
    }

    /** @param json a complete JSON value */
    public JsonText raw(String name, CharSequence json) {
        name(name);
        out.append(json);
        return this;
    }

    public String text() {
        return out + "}";
    }

    /** The object; nothing can be added any more. */
    byte[] bytes() {
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param name needs no escape */
    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        out.append('"').append(name).append("\":");
    }

    /** The text as a JSON string. */
    public static String string(String value) {
        var out = new StringBuilder(value.length() + 2);
        value(out, value);
        return out.toString();
    }

    /** Appends a string, or {@code null}, as JSON. */
    static void value(StringBuilder out, @Nullable String value) {
        if (value == null) {
            out.append("null");
            return;
        }
        out.append('"');
        int plain = plain(value);
        out.append(value, 0, plain);
        for (int i = plain; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || lone(value, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** How many characters from the start on stand as they are, which is nearly always all of them. */
    private static int plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return i;
            }
        }
        return value.length();
    }

    private static boolean lone(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }
}
