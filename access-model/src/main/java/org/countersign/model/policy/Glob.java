package org.countersign.model.policy;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any characters, dots included, and everything else for itself. Matching never
 * goes back: of each piece between two stars only the first place where it fits is tried.
 */
public final class Glob {
    private final String text;
    private final List<String> pieces;

    public Glob(String text) {
        this.text = text;
        this.pieces = Arrays.asList(text.split("\\*", -1));
    }

    /** Returns whether the whole name fits. */
    public boolean matches(String name) {
        String first = pieces.get(0);
        if (pieces.size() == 1) {
            return name.equals(first);
        }
        String last = pieces.get(pieces.size() - 1);
        if (name.length() < first.length() + last.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = name.length() - last.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = name.indexOf(piece, from);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            from = found + piece.length();
        }
        return true;
    }

    /** Returns whether it is {@code *} alone, which stands for everything there is. */
    public boolean everything() {
        return text.equals("*");
    }

    /** Returns whether it names exactly one thing. */
    public boolean literal() {
        return pieces.size() == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
