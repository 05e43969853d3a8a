package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the options of a COPY in both of their forms: the list in parentheses and the words of old. */
final class CopyOptionReader {
    private static final Set<String> NAMES = Set.of(
            "format",
            "freeze",
            "delimiter",
            "null",
            "default",
            "header",
            "quote",
            "escape",
            "force_quote",
            "force_not_null",
            "force_null",
            "on_error",
            "log_verbosity",
            "reject_limit",
            "encoding");
    private static final Set<String> UTF8 = Set.of("utf8", "unicode");
    private final CopyTokens tokens;
    private final List<CopyOption> options = new ArrayList<>();

    CopyOptionReader(CopyTokens tokens) {
        this.tokens = tokens;
    }

    /** Everything up to the end of the statement. */
    CopyOptions options() throws CopyTokens.UnknownFormException {
        CopyOptions all = optionsBeforeWhere();
        if (!tokens.over()) {
            throw tokens.unknown();
        }
        return all;
    }

    /** Everything up to the end of the statement or to its WHERE. */
    CopyOptions optionsBeforeWhere() throws CopyTokens.UnknownFormException {
        tokens.skip("with");
        if (tokens.skip("(")) {
            do {
                options.add(listed());
            } while (tokens.skip(","));
            tokens.expect(")");
        } else {
            while (!tokens.over() && !tokens.sees("where")) {
                options.add(word());
            }
        }
        if (!tokens.over() && !tokens.sees("where")) {
            throw tokens.unknown();
        }
        for (CopyOption option : options) {
            inUtf8(option);
        }
        return new CopyOptions(options);
    }

    private CopyOption listed() throws CopyTokens.UnknownFormException {
        String name = tokens.name();
        if (!NAMES.contains(name)) {
            throw new CopyTokens.UnknownFormException("This option of COPY is not known to the gateway.");
        }
        if (tokens.sees(",") || tokens.sees(")")) {
            return new CopyOption(name, CopyOption.Form.NOTHING, List.of());
        }
        if (tokens.sees("(")) {
            return new CopyOption(name, CopyOption.Form.COLUMNS, tokens.names());
        }
        if (tokens.skip("*")) {
            return new CopyOption(name, CopyOption.Form.ALL_COLUMNS, List.of());
        }
        if (tokens.seesString()) {
            return CopyOption.text(name, tokens.string());
        }
        Token number = tokens.peek();
        if (number.type() == Token.Type.NUMBER) {
            tokens.next();
            return new CopyOption(name, CopyOption.Form.NUMBER, List.of(number.text()));
        }
        return CopyOption.text(name, tokens.name());
    }

    private CopyOption word() throws CopyTokens.UnknownFormException {
        Token token = tokens.next();
        String word = token.type() == Token.Type.WORD ? token.folded() : "";
        return switch (word) {
            case "binary", "csv" -> CopyOption.text("format", word);
            case "freeze", "header" -> new CopyOption(word, CopyOption.Form.NOTHING, List.of());
            case "delimiter", "null", "quote", "escape" -> {
                tokens.skip("as");
                yield CopyOption.text(word, tokens.string());
            }
            case "encoding" -> CopyOption.text(word, tokens.string());
            case "force" -> forced();
            default -> throw tokens.unknown();
        };
    }

    private CopyOption forced() throws CopyTokens.UnknownFormException {
        String name;
        if (tokens.skip("quote")) {
            name = "force_quote";
        } else if (tokens.skip("null")) {
            name = "force_null";
        } else {
            tokens.expect("not");
            tokens.expect("null");
            name = "force_not_null";
        }
        if (tokens.skip("*")) {
            return new CopyOption(name, CopyOption.Form.ALL_COLUMNS, List.of());
        }
        var columns = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skip(",")) {
            columns.add(tokens.name());
        }
        return new CopyOption(name, CopyOption.Form.COLUMNS, columns);
    }

    /** What goes through the gateway is UTF-8, or nothing in it could be masked. */
    private static void inUtf8(CopyOption option) throws CopyTokens.UnknownFormException {
        String plain = SqlLexer.fold(option.text()).replaceAll("[^a-z0-9]", "");
        if (option.name().equals("encoding") && !UTF8.contains(plain)) {
            throw new CopyTokens.UnknownFormException("COPY is inspected in the encoding UTF8 only.");
        }
    }
}
