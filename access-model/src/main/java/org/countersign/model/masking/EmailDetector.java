package org.countersign.model.masking;

import java.util.Optional;

/** E-mail addresses with a domain of at least two labels. Quoted local parts and bare host names are not found. */
final class EmailDetector implements Detector {
    private static final String LOCAL_PUNCTUATION = ".!#$%&'*+/=?^_`{|}~-";
    private static final int MIN_TOP_LABEL = 2;
    private static final char FIRST_BEYOND_ASCII = 0x80;

    @Override
    public Optional<Span> next(String text, int from) {
        for (int at = text.indexOf('@', from); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localStart(text, from, at);
            int end = domainEnd(text, at + 1);
            if (start < at && end > 0) {
                return Optional.of(new Span(start, end));
            }
        }
        return Optional.empty();
    }

    /** The index of the {@code @} of a text that is nothing but an address; -1 when it is something else. */
    static int separator(String text) {
        int at = text.indexOf('@');
        boolean address = at > 0 && localStart(text, 0, at) == 0 && domainEnd(text, at + 1) == text.length();
        return address ? at : -1;
    }

    private static int localStart(String text, int from, int at) {
        int start = at;
        while (start > from && local(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The end of the longest domain; -1 when there is none. */
    private static int domainEnd(String text, int start) {
        int end = -1;
        int labelStart = start;
        int labels = 0;
        int i = start;
        while (i < text.length() && (domain(text.charAt(i)) || text.charAt(i) == '.')) {
            if (text.charAt(i) == '.') {
                if (i == labelStart) {
                    return end;
                }
                labels++;
                labelStart = i + 1;
            } else if (labels > 0 && i + 1 - labelStart >= MIN_TOP_LABEL && text.charAt(i) != '-') {
                end = i + 1;
            }
            i++;
        }
        return end;
    }

    private static boolean local(char c) {
        return wordly(c) || LOCAL_PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean domain(char c) {
        return wordly(c) || c == '-';
    }

    /** Letters of other scripts, halves of surrogate pairs included, so that a span never splits one. */
    private static boolean wordly(char c) {
        return Ascii.alphanumeric(c)
                || c >= FIRST_BEYOND_ASCII && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
    }
}
