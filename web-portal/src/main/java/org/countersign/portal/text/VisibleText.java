package org.countersign.portal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text that cannot hide anything: what a browser would not draw, or would draw in another order or place, is a piece of
 * its own that says what it is. The pieces' sources put together are the text again, so nothing is lost or normalised.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/">Unicode security considerations</a>
 */
public record VisibleText(List<Piece> pieces) {
    /** More combining marks than this on one letter are drawn as pieces: they climb over the neighbouring lines. */
    private static final int MAX_MARKS_ON_A_LETTER = 2;

    public VisibleText {
        pieces = List.copyOf(pieces);
    }

    /** A stretch of the text; {@code source} is exactly what was sent. */
    public sealed interface Piece {
        String source();
    }

    /** Drawn as it is. Line feeds are in here and break the line. */
    public record Plain(String source) implements Piece {}

    /**
     * One character without a shape of its own.
     *
     * @param glyph what to draw: a control picture such as {@code ␀}, or {@code U+202E}
     * @param name its Unicode name
     */
    public record Hidden(String source, String glyph, String name) implements Piece {}

    /** A word that may read as another one. */
    public record Deceptive(String source, String warning) implements Piece {}

    public static VisibleText of(String text) {
        var pieces = new ArrayList<Piece>();
        int plainFrom = 0;
        int at = 0;
        int marks = 0;
        boolean onLetter = false;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            boolean mark = mark(codePoint);
            marks = mark ? marks + 1 : 0;
            if (hidden(codePoint) || (mark && (!onLetter || marks > MAX_MARKS_ON_A_LETTER))) {
                addWords(pieces, text.substring(plainFrom, at));
                pieces.add(new Hidden(text.substring(at, next), glyph(codePoint), name(codePoint)));
                plainFrom = next;
                onLetter = false;
            } else if (!mark) {
                onLetter = Character.isLetter(codePoint);
            }
            at = next;
        }
        addWords(pieces, text.substring(plainFrom));
        return new VisibleText(pieces);
    }

    /** Returns whether the whole text reads as what it is. */
    public boolean honest() {
        return pieces.stream().allMatch(Plain.class::isInstance);
    }

    /** Counts the characters that a browser would not have drawn. */
    public long hidden() {
        return pieces.stream().filter(Hidden.class::isInstance).count();
    }

    /** The words that may read as others. */
    public List<Deceptive> deceptive() {
        return pieces.stream()
                .filter(Deceptive.class::isInstance)
                .map(Deceptive.class::cast)
                .toList();
    }

    private static void addWords(List<Piece> pieces, String text) {
        int plainFrom = 0;
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            if (end == at) {
                at += Character.charCount(text.codePointAt(at));
                continue;
            }
            Optional<String> warning = Scripts.warning(text.substring(at, end));
            if (warning.isPresent()) {
                addPlain(pieces, text.substring(plainFrom, at));
                pieces.add(new Deceptive(text.substring(at, end), warning.get()));
                plainFrom = end;
            }
            at = end;
        }
        addPlain(pieces, text.substring(plainFrom));
    }

    private static void addPlain(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Plain(text));
        }
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (!Character.isLetterOrDigit(codePoint) && !mark(codePoint) && codePoint != '_' && codePoint != '$') {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }

    private static boolean mark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean hidden(int codePoint) {
        if (codePoint == '\n' || codePoint == ' ') {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> blank(codePoint);
        };
    }

    /** Letters, marks and symbols that draw nothing: fillers, variation selectors, the empty braille pattern. */
    private static boolean blank(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x1D159 -> true;
            default ->
                (codePoint >= 0x180B && codePoint <= 0x180F)
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
        };
    }

    private static String glyph(int codePoint) {
        if (codePoint < 0x20) {
            return Character.toString(0x2400 + codePoint);
        }
        return codePoint == 0x7F ? "\u2421" : String.format("U+%04X", codePoint);
    }

    private static String name(int codePoint) {
        String name = Character.getName(codePoint);
        return name == null ? "UNASSIGNED" : name;
    }
}
