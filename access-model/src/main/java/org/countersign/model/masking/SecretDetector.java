package org.countersign.model.masking;

import java.util.List;
import java.util.Optional;

/**
 * Keys, tokens and passwords: PEM private keys, JSON web tokens, tokens with a well-known beginning, {@code Bearer …},
 * and the password in {@code password=…} and in {@code scheme://user:…@host}.
 */
final class SecretDetector implements Detector {
    /** A beginning by which an issuer marks its tokens, and how many characters follow at least. */
    private record Token(String prefix, int minMore) {}

    private static final List<Token> TOKENS = List.of(
            new Token("AKIA", 16),
            new Token("ASIA", 16),
            new Token("AIza", 30),
            new Token("ghp_", 20),
            new Token("gho_", 20),
            new Token("ghu_", 20),
            new Token("ghs_", 20),
            new Token("ghr_", 20),
            new Token("github_pat_", 20),
            new Token("glpat-", 16),
            new Token("npm_", 30),
            new Token("xoxa-", 10),
            new Token("xoxb-", 10),
            new Token("xoxp-", 10),
            new Token("xoxr-", 10),
            new Token("xoxs-", 10),
            new Token("sk-", 20),
            new Token("sk_live_", 16),
            new Token("sk_test_", 16),
            new Token("rk_live_", 16));

    private static final String TOKEN_INITIALS = "Agnxsr";
    private static final List<String> PASSWORD_KEYS = List.of("password", "passwd", "pwd", "passphrase");
    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_END = "-----END ";
    private static final String PEM_DASHES = "-----";
    private static final String JWT_BEGIN = "eyJ";
    private static final String BEARER = "bearer ";
    private static final String AUTHORITY = "://";
    private static final int MIN_BEARER = 16;
    private static final int MIN_JWT_HEADER = 10;
    private static final int MAX_PEM_LABEL = 64;
    private static final int MAX_BLANKS = 8;
    private static final int MAX_AUTHORITY = 512;
    private static final int NONE = -1;

    @Override
    public Optional<Span> next(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            Optional<Span> found = at(text, i);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> at(String text, int i) {
        char c = text.charAt(i);
        return switch (c) {
            case '-' -> span(i, privateKeyEnd(text, i));
            case 'e' -> span(i, jwtEnd(text, i));
            case 'b', 'B' -> bearer(text, i);
            case 'p', 'P' -> password(text, i);
            case ':' -> authority(text, i);
            default -> TOKEN_INITIALS.indexOf(c) < 0 ? Optional.empty() : span(i, tokenEnd(text, i));
        };
    }

    private static Optional<Span> span(int start, int end) {
        return end <= start ? Optional.empty() : Optional.of(new Span(start, end));
    }

    private static int privateKeyEnd(String text, int i) {
        if (!text.startsWith(PEM_BEGIN, i)) {
            return NONE;
        }
        int labelAt = i + PEM_BEGIN.length();
        int labelLimit = Math.min(text.length(), labelAt + MAX_PEM_LABEL);
        int labelEnd = text.substring(labelAt, labelLimit).indexOf(PEM_DASHES);
        if (labelEnd < 0 || !text.substring(labelAt, labelAt + labelEnd).contains("PRIVATE KEY")) {
            return NONE;
        }
        int end = text.indexOf(PEM_END, labelAt);
        int dashes = end < 0 ? NONE : text.indexOf(PEM_DASHES, end + PEM_END.length());
        return dashes < 0 ? text.length() : dashes + PEM_DASHES.length();
    }

    private static int jwtEnd(String text, int i) {
        if (!text.startsWith(JWT_BEGIN, i) || i > 0 && jwtChar(text.charAt(i - 1))) {
            return NONE;
        }
        int header = NONE;
        int dots = 0;
        int end = i;
        while (end < text.length() && jwtChar(text.charAt(end))) {
            if (text.charAt(end) == '.' && dots++ == 0) {
                header = end - i;
            }
            end++;
        }
        return dots >= 2 && header >= MIN_JWT_HEADER ? end : NONE;
    }

    private static int tokenEnd(String text, int i) {
        if (!startsWord(text, i)) {
            return NONE;
        }
        for (Token token : TOKENS) {
            if (text.startsWith(token.prefix(), i)) {
                int start = i + token.prefix().length();
                int end = start;
                while (end < text.length() && tokenChar(text.charAt(end))) {
                    end++;
                }
                return end - start >= token.minMore() ? end : NONE;
            }
        }
        return NONE;
    }

    private static Optional<Span> bearer(String text, int i) {
        if (!startsWord(text, i) || !text.regionMatches(true, i, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        int start = i + BEARER.length();
        int end = start;
        while (end < text.length() && bearerChar(text.charAt(end))) {
            end++;
        }
        return end - start >= MIN_BEARER ? span(start, end) : Optional.empty();
    }

    private static Optional<Span> password(String text, int i) {
        for (String key : PASSWORD_KEYS) {
            if (text.regionMatches(true, i, key, 0, key.length())) {
                int equals = skipBlanks(text, i + key.length());
                if (equals < text.length() && text.charAt(equals) == '=') {
                    return passwordValue(text, skipBlanks(text, equals + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> passwordValue(String text, int start) {
        if (start >= text.length()) {
            return Optional.empty();
        }
        char quote = text.charAt(start);
        if (quote == '\'' || quote == '"') {
            int closing = text.indexOf(quote, start + 1);
            return span(start + 1, closing < 0 ? text.length() : closing);
        }
        int end = start;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && ";&,'\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return span(start, end);
    }

    /** The password of {@code ://user:password@}. */
    private static Optional<Span> authority(String text, int i) {
        if (!text.startsWith(AUTHORITY, i)) {
            return Optional.empty();
        }
        int limit = Math.min(text.length(), i + MAX_AUTHORITY);
        int colon = NONE;
        int at = NONE;
        for (int k = i + AUTHORITY.length(); k < limit && authorityChar(text.charAt(k)); k++) {
            if (text.charAt(k) == ':' && colon < 0) {
                colon = k;
            } else if (text.charAt(k) == '@') {
                at = k;
            }
        }
        return colon < 0 ? Optional.empty() : span(colon + 1, at);
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < MAX_BLANKS && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private static boolean startsWord(String text, int i) {
        return i == 0 || !Ascii.alphanumeric(text.charAt(i - 1)) && text.charAt(i - 1) != '_';
    }

    private static boolean tokenChar(char c) {
        return Ascii.alphanumeric(c) || c == '_' || c == '-';
    }

    private static boolean jwtChar(char c) {
        return tokenChar(c) || c == '.';
    }

    private static boolean bearerChar(char c) {
        return jwtChar(c) || c == '~' || c == '+' || c == '/' || c == '=';
    }

    private static boolean authorityChar(char c) {
        return !Character.isWhitespace(c) && c != '/' && c != '"' && c != '\'';
    }
}
