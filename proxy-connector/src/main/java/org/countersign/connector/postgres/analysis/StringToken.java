package org.countersign.connector.postgres.analysis;

import java.util.Optional;

/** The value of a string constant, where it is written in one of the plain forms; empty for the others. */
final class StringToken {
    private static final int HEX = 16;
    private static final int OCTAL = 8;
    private static final int ASCII = 0x80;

    private StringToken() {}

    static Optional<String> value(Token token) {
        String text = token.text();
        if (token.type() != Token.Type.STRING) {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case '\'' -> single(text.substring(1, text.length() - 1));
            case 'e', 'E' -> escaped(text.substring(2, text.length() - 1));
            case '$' -> Optional.of(dollar(text));
            default -> Optional.empty();
        };
    }

    private static String dollar(String text) {
        int tag = text.indexOf('$', 1) + 1;
        return text.substring(tag, text.length() - tag);
    }

    /** A quote inside that is not doubled ends a part of a constant that is continued on a further line. */
    private static Optional<String> single(String body) {
        String undoubled = body.replace("''", "");
        return undoubled.contains("'") ? Optional.empty() : Optional.of(body.replace("''", "'"));
    }

    private static Optional<String> escaped(String body) {
        var value = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c == '\'') {
                if (at >= body.length() || body.charAt(at) != '\'') {
                    return Optional.empty();
                }
                value.append('\'');
                at++;
            } else if (c != '\\') {
                value.append(c);
            } else {
                int end = escape(body, at, value);
                if (end < 0) {
                    return Optional.empty();
                }
                at = end;
            }
        }
        return Optional.of(value.toString());
    }

    /** Returns where the escape ends; negative for one that is not plain ASCII. */
    private static int escape(String body, int at, StringBuilder value) {
        if (at >= body.length()) {
            return -1;
        }
        char c = body.charAt(at);
        int simple = "bfnrt".indexOf(c);
        if (simple >= 0) {
            value.append("\b\f\n\r\t".charAt(simple));
            return at + 1;
        }
        if (c >= '0' && c <= '7') {
            return number(body, at, 3, OCTAL, value);
        }
        if (c == 'x') {
            return number(body, at + 1, 2, HEX, value);
        }
        if (c == 'u' || c == 'U' || c == 'v') {
            return -1; // no ASCII, or not the same in all versions
        }
        value.append(c);
        return at + 1;
    }

    private static int number(String body, int start, int most, int radix, StringBuilder value) {
        int end = start;
        int number = 0;
        while (end < body.length() && end < start + most && Character.digit(body.charAt(end), radix) >= 0) {
            number = number * radix + Character.digit(body.charAt(end), radix);
            end++;
        }
        if (end == start || number == 0 || number >= ASCII) {
            return -1;
        }
        value.append((char) number);
        return end;
    }
}
