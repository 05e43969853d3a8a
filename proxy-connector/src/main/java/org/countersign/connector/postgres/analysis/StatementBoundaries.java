package org.countersign.connector.postgres.analysis;

/**
 * Knows whether a semicolon ends a statement: inside {@code CREATE FUNCTION … BEGIN ATOMIC … END} it does not. The same
 * rule as psql's.
 */
final class StatementBoundaries {
    /** No longer than the longest word that matters: it is compared for every further word. */
    private static final int MAX_WORD = "procedure".length();

    private final StringBuilder opening = new StringBuilder();
    private int words;
    private int bodies;
    private boolean onlyWords = true;

    void word(String word, int depth) {
        String folded = SqlLexer.fold(word);
        if (words < 4 && onlyWords) {
            opening.append(folded, 0, Math.min(folded.length(), MAX_WORD + 1)).append(' ');
            words++;
        }
        if (depth == 0 && definesRoutine()) {
            switch (folded) {
                case "begin" -> bodies++;
                case "case" -> bodies += bodies > 0 ? 1 : 0;
                case "end" -> bodies -= bodies > 0 ? 1 : 0;
                default -> {}
            }
        }
    }

    void other() {
        onlyWords = false;
    }

    boolean insideBody() {
        return bodies > 0;
    }

    void reset() {
        opening.setLength(0);
        words = 0;
        bodies = 0;
        onlyWords = true;
    }

    private boolean definesRoutine() {
        String words = opening.toString();
        return words.startsWith("create function ")
                || words.startsWith("create procedure ")
                || words.startsWith("create or replace function ")
                || words.startsWith("create or replace procedure ");
    }
}
