package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.Token.Type;
import org.countersign.model.policy.Justification;

/**
 * Splits a text into statements as PostgreSQL's own scanner does, with {@code standard_conforming_strings} on. A wrong
 * split could only give a syntax error, because the pieces are what is analysed and run; a wrong kind could not be
 * allowed either, because the trees say what a statement is. Linear in the text, without recursion.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical structure</a>
 */
public final class SqlLexer {
    /** Longer texts are not analysed: trees amplify (109 KB can become 6 MB of tree). */
    public static final int MAX_CHARACTERS = 1 << 20;

    private final QuotedText quoted;
    private final String sql;
    private final StatementBoundaries boundaries = new StatementBoundaries();
    private final List<Piece> pieces = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private int depth;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
        this.quoted = new QuotedText(sql);
    }

    /** The statements of a text; pieces of nothing but comments and white space are left out. */
    public static List<Piece> split(String sql) throws LexException {
        if (sql.length() > MAX_CHARACTERS) {
            throw new LexException("the text is longer than " + MAX_CHARACTERS + " characters", 0);
        }
        var lexer = new SqlLexer(sql);
        while (lexer.at < sql.length()) {
            lexer.step();
        }
        lexer.endText();
        return lexer.pieces;
    }

    /** Folds A to Z only, as the server folds keywords whatever its locale. */
    static String fold(String word) {
        var folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    private void step() throws LexException {
        char c = sql.charAt(at);
        if (c == 0 || c == 0x0B) {
            throw new LexException("character " + (int) c + " is not accepted", at);
        } else if (QuotedText.space(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            comment(quoted.endOfLineComment(at));
        } else if (sql.startsWith("/*", at)) {
            comment(quoted.endOfBlockComment(at));
        } else if (!quotedToken(c)) {
            plainToken(c);
        }
    }

    private void comment(int end) {
        if (reason.isEmpty()) {
            reason = Justification.in(sql.substring(at, end));
        }
        at = end;
    }

    private boolean quotedToken(char c) throws LexException {
        char next = peek(1);
        boolean prefixed = next == '\'' && "eEbBxXnN".indexOf(c) >= 0;
        boolean unicode = (c == 'u' || c == 'U') && next == '&';
        if (c == '\'' || prefixed) {
            boolean backslashes = c == 'e' || c == 'E';
            add(Type.STRING, quoted.endOfString(at + (prefixed ? 2 : 1), backslashes));
        } else if (unicode && peek(2) == '\'') {
            add(Type.STRING, quoted.endOfString(at + 3, false));
        } else if (c == '"') {
            add(Type.QUOTED_NAME, quoted.endOfName(at + 1));
        } else if (unicode && peek(2) == '"') {
            add(Type.QUOTED_NAME, quoted.endOfName(at + 3));
        } else if (c == '$' && quoted.dollarTagEnd(at) > 0) {
            add(Type.STRING, quoted.endOfDollarString(at));
        } else {
            return false;
        }
        return true;
    }

    private void plainToken(char c) throws LexException {
        if (QuotedText.nameStart(c)) {
            int end = at + 1;
            while (end < sql.length() && QuotedText.namePart(sql.charAt(end))) {
                end++;
            }
            boundaries.word(sql.substring(at, end), depth);
            add(Type.WORD, end);
        } else if (QuotedText.digit(c) || c == '.' && QuotedText.digit(peek(1))) {
            add(Type.NUMBER, quoted.endOfNumber(at));
        } else if (c == '$' && QuotedText.digit(peek(1))) {
            int end = at + 1;
            while (end < sql.length() && QuotedText.digit(sql.charAt(end))) {
                end++;
            }
            add(Type.PARAMETER, end);
        } else if (QuotedText.operator(c)) {
            add(Type.SYMBOL, quoted.endOfOperator(at));
        } else {
            punctuation(c);
        }
    }

    private void punctuation(char c) throws LexException {
        if (c == ';' && depth == 0 && !boundaries.insideBody()) {
            endPiece();
            at++;
            return;
        }
        if (c == '(' || c == '[') {
            add(Type.SYMBOL, at + 1);
            depth++;
        } else {
            if (c == ')' || c == ']') {
                depth = Math.max(0, depth - 1);
            }
            add(Type.SYMBOL, at + 1);
        }
    }

    private void add(Type type, int end) {
        if (type != Type.WORD) {
            boundaries.other();
        }
        tokens.add(new Token(type, sql.substring(at, end), at, depth));
        at = end;
    }

    private void endPiece() {
        if (!tokens.isEmpty()) {
            int start = tokens.get(0).offset();
            Token last = tokens.get(tokens.size() - 1);
            pieces.add(
                    new Piece(sql.substring(start, last.offset() + last.text().length()), start, tokens, reason));
        }
        tokens = new ArrayList<>();
        reason = Optional.empty();
        depth = 0;
        boundaries.reset();
    }

    /** A comment behind the last semicolon belongs to the statement before it. */
    private void endText() {
        if (tokens.isEmpty() && !pieces.isEmpty()) {
            pieces.add(pieces.removeLast().because(reason));
        }
        endPiece();
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : 0;
    }
}
