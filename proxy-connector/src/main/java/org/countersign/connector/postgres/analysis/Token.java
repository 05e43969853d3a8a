package org.countersign.connector.postgres.analysis;

/**
 * One token of SQL.
 *
 * @param text as written, quotes and prefixes included
 * @param offset characters before it in the text that was split
 * @param depth open parentheses and brackets around it
 */
public record Token(Type type, String text, int offset, int depth) {
    /** What a token is, as far as a statement's kind depends on it. */
    public enum Type {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        PARAMETER,
        SYMBOL
    }

    /** Whether it is this keyword; keywords are folded as PostgreSQL does, ASCII only. */
    public boolean is(String keyword) {
        return type == Type.WORD && folded().equals(keyword);
    }

    public boolean symbol(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    /** Whether it is a name in plain quotes, without Unicode escapes. */
    boolean quotedName() {
        return type == Type.QUOTED_NAME && text.startsWith("\"");
    }

    /** Whether it can name a cursor or a prepared statement: a word that is not reserved, or a name in plain quotes. */
    boolean canName() {
        return type == Type.WORD && Keywords.canName(folded()) || quotedName();
    }

    /** The name that this word or plainly quoted name stands for. */
    public String identifier() {
        return quotedName() ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : folded();
    }

    /** The word in lower case; only A to Z are folded, as the server does for keywords. */
    public String folded() {
        return SqlLexer.fold(text);
    }
}
