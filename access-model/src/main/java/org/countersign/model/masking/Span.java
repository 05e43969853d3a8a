package org.countersign.model.masking;

/**
 * A part of a text.
 *
 * @param start index of its first char
 * @param end index behind its last char
 */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span has a place and a length: " + start + ".." + end);
        }
    }
}
