package org.countersign.connector.postgres.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind.Refused;
import org.countersign.connector.postgres.analysis.StatementKind.Utility;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;

/** Statements without a query tree: only their kind is known, so they reach everything. */
final class UtilityReader {
    private static final Set<String> MODIFIERS = Set.of(
            "or",
            "replace",
            "temp",
            "temporary",
            "global",
            "local",
            "unlogged",
            "unique",
            "recursive",
            "constraint",
            "trusted",
            "procedural",
            "default");
    static final String SNAPSHOT = "set transaction snapshot";
    static final String TABLE_AS = "create table as";
    static final String SELECT_INTO = "select into";
    private static final Set<String> ABOUT_ROLES = Set.of("role", "user", "group", "policy", "owned");
    private static final Set<String> OBJECTS = Set.of(
            "access",
            "aggregate",
            "cast",
            "collation",
            "conversion",
            "database",
            "domain",
            "event",
            "extension",
            "foreign",
            "function",
            "group",
            "index",
            "language",
            "large",
            "materialized",
            "operator",
            "owned",
            "policy",
            "privileges",
            "procedure",
            "publication",
            "role",
            "routine",
            "rule",
            "schema",
            "sequence",
            "server",
            "statistics",
            "subscription",
            "table",
            "tablespace",
            "text",
            "transform",
            "trigger",
            "type",
            "user",
            "view");

    private final Piece piece;

    UtilityReader(Piece piece) {
        this.piece = piece;
    }

    StatementKind kind() {
        String word = piece.token(0).folded();
        return switch (word) {
            case "create", "alter", "drop" -> definition(word);
            case "comment" -> utility(word, "define", Effect.DEFINE);
            case "import" -> utility("import foreign schema", "define", Effect.DEFINE);
            case "refresh" -> utility("refresh materialized view", "define", Effect.DEFINE);
            case "grant", "revoke", "reassign" -> utility(word, "grant", Effect.ADMINISTER);
            case "security" -> utility("security label", "grant", Effect.ADMINISTER);
            case "truncate" -> utility(word, "truncate", Effect.WRITE);
            case "lock" -> utility(word, "lock", Effect.EXECUTE);
            case "vacuum", "analyze", "analyse", "reindex", "cluster", "checkpoint" ->
                utility(word, "maintain", Effect.ADMINISTER);
            case "listen", "unlisten", "notify" -> utility(word, "notify", Effect.EXECUTE);
            // their bodies may do anything
            case "call" -> utility(word, "call", Effect.EXECUTE, Effect.READ, Effect.WRITE);
            case "do" -> utility(word, "execute", Effect.EXECUTE, Effect.READ, Effect.WRITE);
            default -> new Refused("unknown", "This kind of statement is not known to the gateway.");
        };
    }

    private StatementKind definition(String word) {
        int at = 1;
        while (piece.token(at).type() == Token.Type.WORD
                && MODIFIERS.contains(piece.token(at).folded())
                && !(word.equals("alter") && piece.token(at).is("default"))) {
            at++;
        }
        String object =
                piece.token(at).type() == Token.Type.WORD ? piece.token(at).folded() : "";
        String name = word + " " + object;
        if (word.equals("alter") && object.equals("system")) {
            return new Refused(name, "ALTER SYSTEM changes the settings of the whole server.");
        }
        if (word.equals("alter") && object.equals("default")) {
            return utility("alter default privileges", "grant", Effect.ADMINISTER);
        }
        if (!OBJECTS.contains(object)) {
            return new Refused(word, "This kind of " + word.toUpperCase(Locale.ROOT) + " is not known to the gateway.");
        }
        if (object.equals("user") && piece.token(at + 1).is("mapping")) {
            return utility(word + " user mapping", "grant", Effect.ADMINISTER);
        }
        String reason = hiddenReach(word, object);
        if (!reason.isEmpty()) {
            return new Refused(name, reason);
        }
        if (word.equals("create") && object.equals("table") && has("as")) {
            return filled(TABLE_AS);
        }
        if (word.equals("alter") && object.equals("table") && movesValues()) {
            return filled(name);
        }
        return ABOUT_ROLES.contains(object)
                ? utility(name, "grant", Effect.ADMINISTER)
                : utility(full(name, at), "define", Effect.DEFINE);
    }

    /** Why a definition must not run although defining is permitted: it moves values or outlives the session's pins. */
    private String hiddenReach(String word, String object) {
        if (word.equals("create") && object.equals("table") && has("execute")) {
            return "CREATE TABLE AS EXECUTE is not supported; write the query itself.";
        }
        boolean holdsSettings = Set.of("role", "user", "group", "database").contains(object);
        if (word.equals("alter") && holdsSettings && has("set", "reset")) {
            return "Settings of a role or a database would change the gateway's own sessions.";
        }
        return "";
    }

    /** Whether a USING brings values of other columns into one. */
    private boolean movesValues() {
        for (int i = 0; i < piece.tokens().size(); i++) {
            if (piece.token(i).is("using") && new UsingClause(piece, i).movesValues()) {
                return true;
            }
        }
        return false;
    }

    private boolean has(String... keywords) {
        for (Token token : piece.tokens()) {
            for (String keyword : keywords) {
                if (token.depth() == 0 && token.is(keyword)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String full(String name, int at) {
        return piece.token(at).is("materialized") && piece.token(at + 1).is("view") ? name + " view" : name;
    }

    /** What makes a table of a query: it reads as well as it defines, and its query may call whatever there is. */
    static Utility filled(String name) {
        var everything = new Resource.Everything();
        return new Utility(
                name,
                List.of(new Access(Action.sql("define"), everything), new Access(Action.sql("select"), everything)),
                Set.of(Effect.DEFINE, Effect.READ, Effect.WRITE, Effect.EXECUTE));
    }

    /** Takes over what another session sees, which may be another principal's. */
    static Utility snapshot() {
        return utility(SNAPSHOT, "execute", Effect.EXECUTE, Effect.READ);
    }

    private static Utility utility(String name, String verb, Effect... effects) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(new Access(Action.sql(verb), new Resource.Everything()));
        return new Utility(name, accesses, Set.of(effects));
    }
}
