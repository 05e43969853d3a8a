package org.countersign.connector.postgres.analysis;

/** Finds where strings, quoted names, comments, numbers and operators end, by the rules of PostgreSQL's scan.l. */
final class QuotedText {
    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    private final String sql;

    QuotedText(String sql) {
        this.sql = sql;
    }

    static boolean space(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Every character beyond ASCII may be part of a name, non-breaking spaces included. */
    static boolean nameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    static boolean namePart(char c) {
        return nameStart(c) || digit(c) || c == '$';
    }

    static boolean operator(char c) {
        return OPERATOR_CHARACTERS.indexOf(c) >= 0;
    }

    /** A line comment ends at a line feed or a carriage return, which belong to the white space after it. */
    int endOfLineComment(int start) {
        int at = start;
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    int endOfBlockComment(int start) throws LexException {
        int open = 0;
        int at = start;
        do {
            if (sql.startsWith("/*", at)) {
                open++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                open--;
                at += 2;
            } else if (at >= sql.length()) {
                throw new LexException("unterminated /* comment", start);
            } else {
                at++;
            }
        } while (open > 0);
        return at;
    }

    /**
     * @param start the first character after the opening quote
     * @return the first character after the closing quote of the last continued part
     */
    int endOfString(int start, boolean backslashes) throws LexException {
        int at = start;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslashes) {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
                at += 2;
            } else {
                int continued = continuation(at + 1);
                if (continued < 0) {
                    return at + 1;
                }
                at = continued;
            }
        }
        throw new LexException("unterminated quoted string", start - 1);
    }

    /** Where the string goes on after white space with a line break and a further quote; negative when it does not. */
    private int continuation(int afterQuote) {
        int at = afterQuote;
        boolean line = false;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'') {
                return line ? at + 1 : -1;
            } else if (space(c)) {
                line |= c == '\n' || c == '\r';
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOfLineComment(at);
            } else {
                return -1;
            }
        }
        return -1;
    }

    int endOfName(int start) throws LexException {
        int at = start;
        while (true) {
            int quote = sql.indexOf('"', at);
            if (quote < 0) {
                throw new LexException("unterminated quoted identifier", start - 1);
            }
            if (quote + 1 >= sql.length() || sql.charAt(quote + 1) != '"') {
                return quote + 1;
            }
            at = quote + 2;
        }
    }

    /** Where {@code $tag$} ends; negative when no dollar quote starts here. */
    int dollarTagEnd(int start) {
        int at = start + 1;
        while (at < sql.length() && sql.charAt(at) != '$') {
            char c = sql.charAt(at);
            if (!nameStart(c) && !(digit(c) && at > start + 1)) {
                return -1;
            }
            at++;
        }
        return at < sql.length() ? at + 1 : -1;
    }

    int endOfDollarString(int start) throws LexException {
        int body = dollarTagEnd(start);
        String tag = sql.substring(start, body);
        int close = sql.indexOf(tag, body);
        if (close < 0) {
            throw new LexException("unterminated dollar-quoted string", start);
        }
        return close + tag.length();
    }

    /**
     * The rules of version 14: where later versions know more forms ({@code 0x1F}, {@code 1_000}) the rest reads as a
     * name, and what would read differently is an error there.
     */
    int endOfNumber(int start) {
        int at = digits(start);
        if (at < sql.length() && sql.charAt(at) == '.' && !sql.startsWith("..", at)) {
            at = digits(at + 1);
        }
        if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            boolean signed = at + 1 < sql.length() && "+-".indexOf(sql.charAt(at + 1)) >= 0;
            int exponent = at + (signed ? 2 : 1);
            int end = digits(exponent);
            return end > exponent ? end : at;
        }
        return at;
    }

    /** An operator swallows no comment that starts inside it. */
    int endOfOperator(int start) {
        int at = start;
        while (at < sql.length()
                && operator(sql.charAt(at))
                && !(at > start && (sql.startsWith("--", at) || sql.startsWith("/*", at)))) {
            at++;
        }
        return at;
    }

    private int digits(int start) {
        int at = start;
        while (at < sql.length() && digit(sql.charAt(at))) {
            at++;
        }
        return at;
    }
}
