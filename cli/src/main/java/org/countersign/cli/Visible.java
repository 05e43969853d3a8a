package org.countersign.cli;

import java.util.Set;

/** Text of others for a terminal: nothing in it can move the cursor, hide, or run against the reading direction. */
final class Visible {
    /** Letters and symbols that are drawn as nothing. */
    private static final Set<Integer> BLANK = Set.of(0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0);

    private Visible() {}

    /** Keeps line breaks and tabs. */
    static String text(String text) {
        return draw(text, true);
    }

    static String line(String text) {
        return draw(text, false);
    }

    private static String draw(String text, boolean lines) {
        var drawn = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (lines && (c == '\n' || c == '\t')) {
                drawn.append((char) c);
            } else if (hidden(c)) {
                drawn.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                drawn.appendCodePoint(c);
            }
        });
        return drawn.toString();
    }

    private static boolean hidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> BLANK.contains(c) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        };
    }
}
