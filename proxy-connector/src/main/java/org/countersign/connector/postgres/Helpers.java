package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.connector.postgres.analysis.CatalogQuestion;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;

/**
 * The gateway's own prepared statements on a target connection. They are utility statements where they surround a
 * client's statement: a SELECT would take a snapshot before the client can choose its isolation level.
 */
final class Helpers {
    static final List<String> TRACKED_SETTINGS = List.of(
            "DateStyle",
            "IntervalStyle",
            "TimeZone",
            "array_nulls",
            "bytea_output",
            "default_text_search_config",
            "extra_float_digits",
            "lc_monetary",
            "lc_numeric",
            "lc_time",
            "row_security",
            "search_path",
            "session_replication_role",
            "transaction_isolation",
            "transaction_read_only",
            "transform_null_equals",
            "xmlbinary",
            "xmloption");
    /** In an analysis; what a client's own commands wait for is theirs to say. */
    static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

    /** For an estimate, without which can be decided too. */
    static final Duration LONGEST_PLANNING = Duration.ofSeconds(2);

    private static final String SAVEPOINT = Names.random();

    /** What {@link Helper#PINS} reads while trees would be printed. */
    static final List<String> PINNED = List.of("log", "on", "on", "off");

    /** The statements every session needs. */
    enum Helper {
        READ_ONLY("SET transaction_read_only = on"),
        LOCK_TIMEOUT("SET lock_timeout = '" + LONGEST_LOCK_WAIT.toSeconds() + "s'"),
        PLANNING_TIMEOUT("SET statement_timeout = '" + LONGEST_PLANNING.toSeconds() + "s'"),
        LOG_MESSAGES("SET client_min_messages = log"),
        PRETTY_OFF("SET debug_pretty_print = off"),
        PARSE_ON("SET debug_print_parse = on"),
        REWRITTEN_ON("SET debug_print_rewritten = on"),
        PARSE_OFF("SET debug_print_parse = off"),
        REWRITTEN_OFF("SET debug_print_rewritten = off"),
        QUIET("SET log_min_messages = panic"),
        LOUD("SET log_min_messages TO DEFAULT"),
        CURSORS("SELECT name FROM pg_catalog.pg_cursors"),
        LEVEL("SELECT pg_catalog.current_setting('" + Discard.LEVEL + "', true)"),
        BEGIN("BEGIN"),
        COMMIT("COMMIT"),
        ABANDON("ROLLBACK"),
        SAVE("SAVEPOINT " + SAVEPOINT),
        ROLL_BACK("ROLLBACK TO SAVEPOINT " + SAVEPOINT),
        RELEASE("RELEASE SAVEPOINT " + SAVEPOINT),
        PINS("SELECT pg_catalog.current_setting('client_min_messages'),"
                + " pg_catalog.current_setting('debug_print_parse'),"
                + " pg_catalog.current_setting('debug_print_rewritten'),"
                + " pg_catalog.current_setting('debug_pretty_print')"),
        SETTINGS(TRACKED_SETTINGS.stream()
                .map(name -> "pg_catalog.current_setting('" + name + "')")
                .collect(Collectors.joining(
                        ", ", "SELECT ", ", pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) '0'")));

        private final String sql;

        Helper(String sql) {
            this.sql = sql;
        }
    }

    private final Map<Helper, String> names = new EnumMap<>(Helper.class);
    private final Map<Helper, List<FrontendMessage>> runs = new EnumMap<>(Helper.class);
    private final Map<CatalogQuestion.Kind, String> questions = new HashMap<>();
    private boolean quiet;

    Helpers() {
        for (Helper helper : Helper.values()) {
            String name = Names.random();
            names.put(helper, name);
            runs.put(helper, List.of(new Bind("", name, List.of(), List.of(), List.of()), new Execute("", 0)));
        }
    }

    /** Whether the session has temporary objects, by the row of {@link Helper#SETTINGS}; doubt says that it has. */
    static boolean temporaries(DataRow settings) {
        return settings.columns() <= TRACKED_SETTINGS.size() || !"f".equals(settings.text(TRACKED_SETTINGS.size()));
    }

    /** @param allowed whether the gateway's role may keep the trees out of the target's log */
    void quiet(boolean allowed) {
        quiet = allowed;
    }

    /** Prepares all of them. */
    List<FrontendMessage> prepare() {
        return Stream.of(Helper.values())
                .map(helper -> (FrontendMessage) new Parse(name(helper), helper.sql, List.of()))
                .toList();
    }

    List<FrontendMessage> run(Helper... helpers) {
        var messages = new ArrayList<FrontendMessage>();
        for (Helper helper : helpers) {
            messages.addAll(runs.getOrDefault(helper, List.of()));
        }
        return messages;
    }

    /**
     * The server prints what it parses from here on, to the client alone where that is allowed; for a stretch that is
     * taken back.
     *
     * @param printing whether it prints already
     */
    List<FrontendMessage> analysing(boolean printing) {
        var messages = new ArrayList<FrontendMessage>();
        if (quiet) {
            messages.addAll(run(Helper.QUIET));
        }
        if (!printing) {
            messages.addAll(run(Helper.LOG_MESSAGES, Helper.PARSE_ON, Helper.REWRITTEN_ON, Helper.PRETTY_OFF));
        }
        return messages;
    }

    /** Keeps what comes next out of the target's log where that is allowed, until {@link #loud}. */
    List<FrontendMessage> quiet() {
        return quiet ? run(Helper.QUIET) : List.of();
    }

    List<FrontendMessage> loud() {
        return quiet ? run(Helper.LOUD) : List.of();
    }

    /** Makes the transaction one that can only read. */
    List<FrontendMessage> readOnly() {
        return run(Helper.READ_ONLY);
    }

    /** Asks the catalog; the question's statement is prepared when it is asked for the first time. */
    List<FrontendMessage> ask(CatalogQuestion question) {
        var messages = new ArrayList<FrontendMessage>();
        String name = questions.computeIfAbsent(question.kind(), kind -> {
            String fresh = Names.random();
            messages.add(new Parse(fresh, kind.sql(), List.of()));
            return fresh;
        });
        byte[] parameter = question.parameter().getBytes(StandardCharsets.UTF_8);
        messages.add(new Bind("", name, List.of(), List.of(parameter), List.of()));
        messages.add(new Execute("", 0));
        return messages;
    }

    /** Forgets the questions' statements: their preparation failed. */
    void forgetQuestions() {
        questions.clear();
    }

    /** What the server must refuse: everything since the last Sync is undone. */
    static FrontendMessage provocation() {
        return new Bind("", Names.random(), List.of(), List.of(), List.of());
    }

    private String name(Helper helper) {
        return names.getOrDefault(helper, "");
    }
}
