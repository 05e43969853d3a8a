package org.countersign.model.masking;

import java.util.Optional;

/**
 * Card numbers: 13 to 19 digits whose Luhn sum is right, perhaps with single spaces or hyphens between groups. A group
 * is taken whole or not at all, so nothing is found inside a longer run of digits; a card number with other groups of
 * digits beside it is.
 */
final class PanDetector implements Detector {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;

    @Override
    public Optional<Span> next(String text, int from) {
        int last = text.length() - MIN_DIGITS;
        for (int i = from; i <= last; i++) {
            if (startsGroup(text, i)) {
                int end = longest(text, i);
                if (end > 0) {
                    return Optional.of(new Span(i, end));
                }
            }
        }
        return Optional.empty();
    }

    /** The number of digits of a text that has the shape of a card number, whatever its sum; -1 when it has not. */
    static int digitsOfShape(String text) {
        int digits = 0;
        boolean separated = true;
        for (int i = 0; i < text.length(); i++) {
            if (Ascii.digit(text.charAt(i))) {
                digits++;
                separated = false;
            } else if (separator(text.charAt(i)) && !separated) {
                separated = true;
            } else {
                return -1;
            }
        }
        return !separated && digits >= MIN_DIGITS && digits <= MAX_DIGITS ? digits : -1;
    }

    /** The end of the longest card number that begins here; -1 when none does. */
    private static int longest(String text, int start) {
        int end = -1;
        int digits = 0;
        int even = 0; // the Luhn sum if the digit to come stands at an undoubled place
        int odd = 0;
        for (int i = start; i < text.length() && digits <= MAX_DIGITS; i++) {
            char c = text.charAt(i);
            if (Ascii.digit(c)) {
                int digit = c - '0';
                int doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
                int undoubledLast = odd + digit;
                odd = even + doubled;
                even = undoubledLast;
                digits++;
                if (digits >= MIN_DIGITS && digits <= MAX_DIGITS && even % 10 == 0 && endsGroup(text, i)) {
                    end = i + 1;
                }
            } else if (!separator(c) || !Ascii.digit(text.charAt(i - 1))) {
                break;
            }
        }
        return end;
    }

    private static boolean startsGroup(String text, int i) {
        return text.charAt(i) > '0' && Ascii.digit(text.charAt(i)) && (i == 0 || !Ascii.digit(text.charAt(i - 1)));
    }

    private static boolean endsGroup(String text, int i) {
        return i + 1 == text.length() || !Ascii.digit(text.charAt(i + 1));
    }

    private static boolean separator(char c) {
        return c == ' ' || c == '-';
    }
}
