package org.countersign.model.masking;

/** Tells what a mask shows from what could be a value: who reads a mask and writes it back destroys the value. */
public final class MaskOutput {
    private static final int HASH_LENGTH = 18;
    private static final int SHOWN_OF_CARD = 10;
    private static final int MIN_CARD = 12;
    private static final int SHOWN_LAST = 4;

    private MaskOutput() {}

    /** Whether a text is what this mask shows of some value; what the mask {@code null} shows cannot be told. */
    public static boolean recognised(MaskKind kind, String text) {
        return switch (kind) {
            case CLEAR, NULL -> false;
            case REDACT -> redacted(text);
            case HASH -> redacted(text) || hash(text);
            case LAST4 -> last4(text);
            case PARTIAL -> redacted(text) || partial(text);
            case FIRST6LAST4 -> redacted(text) || card(text);
        };
    }

    /** Whether a text can hold what any mask shows; cheap, for texts in which most often nothing of it is. */
    public static boolean possibleIn(String text) {
        return text.indexOf('*') >= 0 || text.contains(HashMasker.PREFIX);
    }

    /** In a column without room for more it is cut. */
    private static boolean redacted(String text) {
        return !text.isEmpty() && Maskers.REDACTED.startsWith(text);
    }

    private static boolean hash(String text) {
        return text.length() == HASH_LENGTH
                && text.startsWith(HashMasker.PREFIX)
                && text.chars()
                        .skip(HashMasker.PREFIX.length())
                        .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static boolean last4(String text) {
        int length = text.codePointCount(0, text.length());
        int hidden = length <= SHOWN_LAST ? text.length() : text.offsetByCodePoints(text.length(), -SHOWN_LAST);
        return !text.isEmpty() && text.chars().limit(hidden).allMatch(c -> c == '*');
    }

    private static boolean partial(String text) {
        return partial(text, 0) || !text.isEmpty() && partial(text, text.offsetByCodePoints(0, 1));
    }

    private static boolean partial(String text, int shown) {
        int end = shown + Maskers.REDACTED.length();
        return text.startsWith(Maskers.REDACTED, shown) && (end == text.length() || text.charAt(end) == '@');
    }

    private static boolean card(String text) {
        long digits = text.chars().filter(c -> Ascii.digit((char) c)).count();
        long stars = text.chars().filter(c -> c == '*').count();
        return text.length() >= MIN_CARD
                && digits == SHOWN_OF_CARD
                && digits + stars == text.length()
                && Ascii.digit(text.charAt(0))
                && text.chars().skip(text.length() - SHOWN_LAST).allMatch(c -> Ascii.digit((char) c));
    }
}
