package org.countersign.model.masking;

import java.util.Optional;

/** The masker of each {@link MaskKind}. All of them are free of state, count in code points and never split one. */
public final class Maskers {
    static final String REDACTED = "***";

    private static final int MAX_LAST = 4;
    private static final int MAX_FIRST = 6;

    private Maskers() {}

    /** @param key used by {@link MaskKind#HASH} only */
    public static Masker of(MaskKind kind, HashKey key) {
        return switch (kind) {
            case NULL -> value -> Optional.empty();
            case REDACT -> value -> Optional.of(REDACTED);
            case HASH -> new HashMasker(key);
            case LAST4 -> value -> Optional.of(last4(value));
            case PARTIAL -> value -> Optional.of(partial(value));
            case FIRST6LAST4 -> value -> Optional.of(first6last4(value));
            case CLEAR -> Optional::of;
        };
    }

    private static String last4(String value) {
        int length = value.codePointCount(0, value.length());
        if (length <= MAX_LAST) {
            return "*".repeat(length);
        }
        return "*".repeat(length - MAX_LAST) + value.substring(value.offsetByCodePoints(value.length(), -MAX_LAST));
    }

    /** The first character, and of an e-mail address the domain too; never the whole of anything. */
    private static String partial(String value) {
        int at = EmailDetector.separator(value);
        String hidden = at < 0 ? value : value.substring(0, at);
        String shown = at < 0 ? "" : value.substring(at);
        int first = hidden.isEmpty() ? 0 : hidden.offsetByCodePoints(0, 1);
        return (first == hidden.length() ? "" : hidden.substring(0, first)) + REDACTED + shown;
    }

    /** Of a card number its first six and last four digits; what is no card number by its shape is redacted. */
    private static String first6last4(String value) {
        int digits = PanDetector.digitsOfShape(value);
        if (digits < 0) {
            return REDACTED;
        }
        StringBuilder masked = new StringBuilder(value.length());
        int seen = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean digit = Ascii.digit(c);
            boolean shown = digit && (seen < MAX_FIRST || seen >= digits - MAX_LAST);
            seen += digit ? 1 : 0;
            masked.append(shown ? c : '*');
        }
        return masked.toString();
    }
}
