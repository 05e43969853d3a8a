package org.countersign.connector.postgres.analysis;

import java.util.Optional;
import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;
import org.countersign.connector.postgres.analysis.StatementKind.Setting;
import org.countersign.connector.postgres.analysis.StatementKind.Show;
import org.countersign.connector.postgres.analysis.StatementKind.TransactionControl;
import org.countersign.model.policy.Justification;

/** SET, RESET and SHOW, by bare ASCII names from a list: {@code SET U&"\0072ole"} works on the server. */
final class SettingReader {
    private static final String STRINGS = "standard_conforming_strings";
    private static final Set<String> SHOWN_ONLY = Set.of(
            "server_version",
            "server_version_num",
            "server_encoding",
            STRINGS,
            "integer_datetimes",
            "in_hot_standby",
            "lc_collate",
            "lc_ctype",
            "lc_messages",
            "max_identifier_length",
            "max_index_keys",
            "block_size",
            "escape_string_warning",
            "backslash_quote",
            "default_with_oids",
            "default_toast_compression");
    private static final Set<String> ENCODINGS = Set.of("utf8", "utf-8", "unicode", "sql_ascii");

    private final Piece piece;
    private final String verb;

    SettingReader(Piece piece) {
        this.piece = piece;
        this.verb = piece.token(0).folded();
    }

    StatementKind kind() {
        return switch (verb) {
            case "set" -> set();
            case "reset" -> reset();
            default -> show();
        };
    }

    private StatementKind set() {
        boolean scoped = piece.token(1).is("local") || piece.token(1).is("session");
        boolean local = piece.token(1).is("local");
        int name = scoped ? 2 : 1;
        if (piece.token(name).is("transaction") && plain(name + 1)) {
            return piece.tokens().stream().anyMatch(token -> token.is("snapshot"))
                    ? UtilityReader.snapshot()
                    : new TransactionControl("set transaction");
        }
        if (piece.token(1).is("constraints")) {
            return new TransactionControl("set constraints");
        }
        if (piece.token(1).is("session") && piece.token(2).is("characteristics")) {
            return new TransactionControl("set session characteristics");
        }
        if (piece.token(name).is("time") && piece.token(name + 1).is("zone")) {
            return setting("timezone", name + 2, local);
        }
        if (piece.token(name).is("names")) {
            return setting("client_encoding", name + 1, local);
        }
        if (piece.token(name).is("schema")) {
            return setting("search_path", name + 1, local);
        }
        if (namesReason(name)) {
            return reason(name + 3, local);
        }
        Token assignment = piece.token(name + 1);
        if (!assignment.symbol("=") && !assignment.is("to")) {
            return refused("This form of SET is not supported.");
        }
        if (readsStringsAsEver(name)) {
            return new Setting("set", STRINGS, Optional.of("on"), local);
        }
        return named(name)
                .<StatementKind>map(known -> setting(known.setting(), name + 2, local))
                .orElseGet(() -> notListed(name));
    }

    private boolean namesReason(int at) {
        return piece.token(at).is("countersign")
                && piece.token(at + 1).symbol(".")
                && piece.token(at + 2).is("reason");
    }

    /** The gateway's own setting, which the target never sees: one plain string, or the default. */
    private StatementKind reason(int at, boolean local) {
        Token value = piece.token(at + 1);
        boolean assigned = piece.token(at).symbol("=") || piece.token(at).is("to");
        if (local || !assigned || piece.tokens().size() != at + 2) {
            return refused("It is SET " + Justification.SETTING + " = 'why', for the session.");
        }
        if (value.is("default")) {
            return new Setting("set", Justification.SETTING, Optional.empty(), false);
        }
        String text = value.text();
        return value.type() == Token.Type.STRING && text.startsWith("'")
                ? new Setting(
                        "set",
                        Justification.SETTING,
                        Optional.of(text.substring(1, text.length() - 1).replace("''", "'")),
                        false)
                : refused("A reason is a plain string.");
    }

    /** Dumps say so at their beginning; it is on, and stays on. */
    private boolean readsStringsAsEver(int name) {
        return piece.token(name).is(STRINGS)
                && piece.tokens().size() == name + 3
                && piece.token(name + 2).is("on");
    }

    private StatementKind setting(String name, int valueAt, boolean local) {
        if (!plain(valueAt)) {
            return refused("The value of a setting has to be plain words, numbers or strings.");
        }
        Token first = piece.token(valueAt);
        boolean alone = piece.tokens().size() == valueAt + 1;
        if (alone && (first.is("default") || name.equals("timezone") && first.is("local"))) {
            return new Setting("set", name, Optional.empty(), local);
        }
        if (name.equals("client_encoding") && !(alone && ENCODINGS.contains(unquoted(first)))) {
            return refused("Only client_encoding UTF8 is supported.");
        }
        return new Setting("set", name, Optional.of(piece.text().substring(first.offset() - piece.offset())), local);
    }

    private StatementKind reset() {
        if (piece.tokens().size() == 4 && namesReason(1)) {
            return new Setting("reset", Justification.SETTING, Optional.empty(), false);
        }
        if (piece.tokens().size() == 2 && piece.token(1).is("all")) {
            return new Setting("reset", "all", Optional.empty(), false);
        }
        if (piece.tokens().size() == 3
                && piece.token(1).is("time")
                && piece.token(2).is("zone")) {
            return new Setting("reset", "timezone", Optional.empty(), false);
        }
        return piece.tokens().size() == 2
                ? named(1).<StatementKind>map(known -> new Setting("reset", known.setting(), Optional.empty(), false))
                        .orElseGet(() -> notListed(1))
                : refused("This form of RESET is not supported.");
    }

    private StatementKind show() {
        if (piece.tokens().size() == 3
                && piece.token(1).is("time")
                && piece.token(2).is("zone")) {
            return new Show("show", "timezone");
        }
        if (piece.tokens().size() == 4
                && piece.token(1).is("transaction")
                && piece.token(2).is("isolation")
                && piece.token(3).is("level")) {
            return new Show("show", "transaction_isolation");
        }
        Token name = piece.token(1);
        boolean bare = piece.tokens().size() == 2 && name.type() == Token.Type.WORD;
        return bare && (named(1).isPresent() || SHOWN_ONLY.contains(name.folded()))
                ? new Show("show", name.folded())
                : refused("This setting cannot be shown.");
    }

    private Optional<HarmlessSetting> named(int at) {
        Token name = piece.token(at);
        return name.type() == Token.Type.WORD ? HarmlessSetting.named(name.folded()) : Optional.empty();
    }

    private Refused notListed(int at) {
        Token name = piece.token(at);
        return refused(
                name.type() == Token.Type.WORD && name.text().length() < 64
                        ? "The setting " + name.folded() + " may not be changed."
                        : "Settings have to be named by a bare identifier.");
    }

    /** Whether something follows, and nothing but words, literals, commas and signs: no calls, no parameters. */
    private boolean plain(int from) {
        for (int i = from; i < piece.tokens().size(); i++) {
            Token token = piece.token(i);
            boolean accepted = switch (token.type()) {
                case WORD, STRING, NUMBER, QUOTED_NAME -> true;
                case SYMBOL -> token.symbol(",") || token.symbol("-") || token.symbol("+");
                case PARAMETER -> false;
            };
            if (!accepted) {
                return false;
            }
        }
        return from < piece.tokens().size();
    }

    private static String unquoted(Token token) {
        String text = token.folded();
        boolean quoted = text.length() > 1 && (text.startsWith("'") || text.startsWith("\""));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private Refused refused(String reason) {
        return new Refused(verb, reason);
    }
}
