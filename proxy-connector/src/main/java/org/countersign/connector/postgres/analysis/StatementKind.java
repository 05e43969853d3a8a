package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Effect;
import org.countersign.model.command.SqlAnalysis;

/** What sort of statement a piece of SQL is, by its leading keywords. */
public sealed interface StatementKind {
    /** In lower case: {@code select}, {@code create table}. */
    String name();

    static StatementKind of(Piece piece) {
        return new KindReader(piece).kind();
    }

    /** The server analyses it: its query trees are what is judged. */
    record Optimizable(String name) implements StatementKind {}

    /** BEGIN … ROLLBACK, savepoints, SET TRANSACTION: no permission, but the session's state changes. */
    record TransactionControl(String name) implements StatementKind {}

    /**
     * SET or RESET of a listed setting.
     *
     * @param name {@code set} or {@code reset}
     * @param setting lower case, from {@link HarmlessSetting}; {@code all} for RESET ALL
     * @param value the text after TO or =; empty for RESET and for DEFAULT
     * @param local whether it lasts until the end of the transaction only
     */
    record Setting(String name, String setting, Optional<String> value, boolean local) implements StatementKind {}

    /** SHOW of a listed setting, in lower case. */
    record Show(String name, String setting) implements StatementKind {}

    /**
     * EXPLAIN of an optimizable statement: judged as what the inner statement reads.
     *
     * @param innerOffset characters before the inner statement in the piece's text
     * @param analyze whether the inner statement really runs
     */
    record Explain(String name, Optimizable inner, String innerText, int innerOffset, boolean analyze)
            implements StatementKind {}

    /**
     * DECLARE of a cursor: judged as its query.
     *
     * @param nameAt characters before the cursor's name in the piece's text
     * @param nameLength characters of it as written
     * @param holds whether it outlives its transaction
     * @param binary whether a simple Query that reads it gets its values in binary
     * @param queryAt characters before the query in the piece's text
     */
    record Declare(
            String name,
            String cursor,
            int nameAt,
            int nameLength,
            boolean holds,
            boolean binary,
            Optimizable query,
            String queryText,
            int queryAt)
            implements StatementKind {}

    /**
     * FETCH from, MOVE in or CLOSE of a cursor: judged as the cursor's query.
     *
     * @param name {@code fetch}, {@code move}, {@code close} or {@code close all}
     * @param cursor empty for all
     */
    record CursorUse(String name, String cursor, int nameAt, int nameLength) implements StatementKind {}

    /**
     * PREPARE: the gateway keeps the statement under the client's name, as one that was prepared by protocol.
     *
     * @param types its parameters' types as written
     * @param textAt characters before the prepared statement in the piece's text
     */
    record Prepare(String name, String statement, List<String> types, Optimizable prepared, String text, int textAt)
            implements StatementKind {
        public Prepare {
            types = List.copyOf(types);
        }
    }

    /** EXECUTE with constants: judged and run as the statement that has the name, with these values. */
    record ExecutePrepared(String name, String statement, List<Argument> arguments) implements StatementKind {
        public ExecutePrepared {
            arguments = List.copyOf(arguments);
        }
    }

    /** A constant. */
    record Argument(Form form, String text) {
        /** How it is written. */
        public enum Form {
            NOTHING,
            TRUTH,
            WHOLE,
            /** With a fraction or an exponent. */
            NUMBER,
            TEXT
        }
    }

    /**
     * COPY between the client and a table or a query: judged as the equivalent INSERT or SELECT.
     *
     * @param in whether the client sends the rows
     */
    record Copy(String name, Source source, boolean in, CopyOptions options) implements StatementKind {
        /** What is copied. */
        public sealed interface Source {}

        /**
         * @param parts of the name, as they are
         * @param columns empty for all that can be copied
         * @param condition which of the rows sent are kept, as written behind WHERE; empty for all
         * @param conditionAt characters before it in the piece's text
         */
        public record Table(List<String> parts, List<String> columns, String condition, int conditionAt)
                implements Source {
            public Table {
                parts = List.copyOf(parts);
                columns = List.copyOf(columns);
            }

            public Table(List<String> parts, List<String> columns) {
                this(parts, columns, "", 0);
            }
        }

        /** @param offset characters before the query in the piece's text */
        public record Query(Optimizable inner, String text, int offset) implements Source {}
    }

    /** A statement judged by its kind alone: its reach is everything. */
    record Utility(String name, List<Access> accesses, Set<Effect> effects) implements StatementKind {
        private static final Set<String> PREPARED_ASIDE =
                Set.of("call", UtilityReader.TABLE_AS, UtilityReader.SELECT_INTO);

        public Utility {
            accesses = List.copyOf(accesses);
            effects = Set.copyOf(effects);
        }

        /** Whether preparing it may run code: it holds expressions. */
        public boolean preparedAside() {
            return PREPARED_ASIDE.contains(name);
        }

        /** Whether nothing may run before it in its transaction, not even a question of the gateway's. */
        public boolean mustBeFirst() {
            return name.equals(UtilityReader.SNAPSHOT);
        }

        /** What is known of it: its kind. No utility statement names the rows it writes. */
        public SqlAnalysis analysis() {
            return new SqlAnalysis(
                    accesses,
                    effects,
                    List.of(),
                    !effects.contains(Effect.WRITE),
                    List.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    List.of(),
                    "");
        }
    }

    /**
     * DISCARD or DEALLOCATE, which the gateway answers by itself because names on the target are its own.
     *
     * @param name {@code discard all}, {@code deallocate all}, {@code deallocate} …
     * @param object the one statement that DEALLOCATE names; else empty
     */
    record Emulated(String name, String object) implements StatementKind {
        public Emulated(String name) {
            this(name, "");
        }
    }

    /** Nothing of it may reach the target; the reason is written for the person who sent it. */
    record Refused(String name, String reason) implements StatementKind {
        static final String UNKNOWN = "unknown";

        /** Whether not even its first word, or form, is known: probably a mistake, which the server can tell. */
        public boolean unknown() {
            return name.equals(UNKNOWN) || name.equals(CopyReader.NAME);
        }
    }
}
