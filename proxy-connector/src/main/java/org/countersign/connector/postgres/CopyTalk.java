package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.QuotedNames;
import org.countersign.connector.postgres.analysis.StatementKind.Copy;
import org.countersign.connector.postgres.analysis.StatementKind.Optimizable;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;

/**
 * Finds out what a COPY would do. The target does not analyse a COPY before it runs; it analyses the SELECT or INSERT
 * that does the same. Names are resolved here, and the COPY that will run is written anew with what was found.
 */
final class CopyTalk {
    private static final Action SELECT = Action.sql("select");
    private static final Action INSERT = Action.sql("insert");
    private static final Action OUT = Action.sql("copy-out");
    private static final Action IN = Action.sql("copy-in");
    private static final String WHERE = " WHERE ";
    private final Talk talk;
    private final Copy copy;
    private final String text;

    /** A statement to judge, the COPY that does the same, and its columns where they are known already. */
    private record Equivalent(Optimizable kind, String judged, String copy, Optional<List<Column>> columns) {}

    CopyTalk(Talk talk, Copy copy, String text) {
        this.talk = talk;
        this.copy = copy;
        this.text = text;
    }

    CompletionStage<Finding> run() {
        Optional<Diagnostic> mistake = absentMistake();
        if (mistake.isPresent()) {
            return found(mistaken(mistake.get()));
        }
        return switch (copy.source()) {
            case Copy.Query query ->
                judge(new Equivalent(query.inner(), query.text(), out("(" + query.text() + "\n)"), Optional.empty()));
            case Copy.Table table -> resolve(table);
        };
    }

    /** The checks of an option that the target does not get to see. */
    private Optional<Diagnostic> absentMistake() {
        if (copy.in() || !copy.options().ambiguous()) {
            return Optional.empty();
        }
        String absent = copy.options().absent();
        if (absent.contains("\n") || absent.contains("\r")) {
            return Optional.of(
                    Diagnostic.of("ERROR", "22023", "COPY null representation cannot use newline or carriage return"));
        }
        return absent.contains(copy.options().delimiter())
                ? Optional.of(Diagnostic.of(
                        "ERROR",
                        "22023",
                        talk.serverVersion >= 170_000
                                ? "COPY delimiter character must not appear in the NULL specification"
                                : "COPY delimiter must not appear in the NULL specification"))
                : Optional.empty();
    }

    private String out(String source) {
        var options = copy.options().ambiguous() ? copy.options().unambiguous() : copy.options();
        return "COPY " + source + " TO STDOUT" + options.sql();
    }

    private CompletionStage<Finding> resolve(Copy.Table table) {
        var aside = new Aside(talk);
        List<FrontendMessage> requests = aside.begin();
        byte[] name = QuotedNames.quoted(table.parts()).getBytes(StandardCharsets.UTF_8);
        requests.add(new Parse("", CopyTable.QUESTION, List.of()));
        int askedAt = requests.size();
        requests.add(new Bind("", "", List.of(), List.of(name), List.of()));
        requests.add(new Execute("", 0));
        var round = new Lookup(requests, askedAt);
        return talk.target.ask(round).thenCompose(over -> aside.end(round)).thenCompose(looked -> {
            Optional<Diagnostic> error = looked.error();
            if (error.isPresent()) {
                return found(
                        looked.errorAt() >= askedAt
                                ? mistaken(error.get())
                                : unreadable("the target refused to prepare the analysis"));
            }
            return looked.found().isEmpty()
                    ? found(unreadable("its table cannot be found"))
                    : judge(table, CopyTable.of(looked.found()));
        });
    }

    private CompletionStage<Finding> judge(Copy.Table named, CopyTable table) {
        Optional<Diagnostic> mistake = table.mistake(named.columns(), copy.in(), talk.serverVersion);
        if (mistake.isPresent()) {
            return found(mistaken(mistake.get()));
        }
        if (copy.in() && table.rules()) {
            return found(unreadable("its table has rules"));
        }
        List<String> columns = named.columns().isEmpty() ? table.copied() : named.columns();
        String list = QuotedNames.list(columns);
        if (!copy.in()) {
            String select = "SELECT " + list + " FROM ONLY " + table.quoted();
            return judge(new Equivalent(new Optimizable("select"), select, out("(" + select + ")"), Optional.empty()));
        }
        String target = table.quoted() + (columns.isEmpty() ? "" : " (" + list + ")");
        if (!named.condition().isEmpty() && columns.isEmpty()) {
            return found(unreadable("its table has no columns"));
        }
        String kept = named.condition().isEmpty() ? "" : WHERE + named.condition();
        return judge(new Equivalent(
                new Optimizable("insert"),
                kept.isEmpty()
                        ? insert(target, columns.size())
                        : insertOf(target, columns.size(), table.quoted()) + kept,
                "COPY " + target + " FROM STDIN" + copy.options().sql() + kept,
                Optional.of(table.columns(columns))));
    }

    /** It is never executed: its values only have to fit every type, and to show the defaults that COPY may fill in. */
    private String insert(String target, int columns) {
        if (columns == 0) {
            return "INSERT INTO " + target + " DEFAULT VALUES";
        }
        var values = new ArrayList<String>();
        for (int i = 0; i < columns; i++) {
            values.add(copy.options().defaults() ? "DEFAULT" : "NULL");
        }
        return "INSERT INTO " + target + " OVERRIDING SYSTEM VALUE VALUES (" + String.join(", ", values) + ")";
    }

    /**
     * The same with a condition at its end: in place of the rows that are sent it is asked of those that are there, which
     * have the same names and types. More may follow it here than in a COPY; that is what the target says of the COPY.
     */
    private static String insertOf(String target, int columns, String table) {
        return "INSERT INTO " + target + " OVERRIDING SYSTEM VALUE SELECT "
                + String.join(", ", Collections.nCopies(columns, "NULL")) + " FROM ONLY " + table;
    }

    private CompletionStage<Finding> judge(Equivalent equivalent) {
        return new AnalysisTalk(talk, equivalent.kind(), equivalent.judged(), List.of())
                .run()
                .thenCompose(finding -> switch (finding) {
                    case Finding.Understood understood -> prepare(equivalent, understood.statement());
                    case Finding.Unreadable unreadable -> found(unreadable);
                    case Finding.Mistaken mistaken ->
                        written()
                                .thenApply(told -> told instanceof Finding.Mistaken
                                        ? told
                                        : mistaken(placed(mistaken.diagnostic(), equivalent)));
                });
    }

    /** What the target says of the COPY as it is written: where there is a condition, a mistake may be one of its form. */
    private CompletionStage<Finding> written() {
        var fine = Finding.Unreadable.because("copy", "its condition is mistaken");
        return copy.source() instanceof Copy.Table table && !table.condition().isEmpty()
                ? new ReadOnlyPrepare(talk, copy, text, List.of()).mistakeOr(fine)
                : found(fine);
    }

    /** The place of a mistake in the client's own text. */
    private Diagnostic placed(Diagnostic mistake, Equivalent equivalent) {
        return switch (copy.source()) {
            case Copy.Query query -> ErrorPosition.shifted(mistake, text.codePointCount(0, query.offset()));
            case Copy.Table table
            when !table.condition().isEmpty() -> {
                String judged = equivalent.judged();
                int before = judged.codePointCount(
                        0, judged.length() - table.condition().length());
                yield ErrorPosition.shifted(mistake, before, text.codePointCount(0, table.conditionAt()) - before);
            }
            case Copy.Table table -> mistake.without(Diagnostic.POSITION);
        };
    }

    private CompletionStage<Finding> prepare(Equivalent equivalent, Statement judged) {
        if (!judged.parameterTypes().isEmpty()) {
            talk.leave(judged);
            return found(mistaken(Diagnostic.of("ERROR", "42P02", "there is no parameter $1")));
        }
        String name = Names.random();
        var requests = new ArrayList<>(talk.takeLeftovers());
        requests.add(new Parse(name, equivalent.copy(), List.of()));
        if (!talk.target.unsynced()) {
            requests.add(new Sync());
        }
        List<Column> columns =
                equivalent.columns().orElseGet(() -> judged.columns().orElse(List.of()));
        var plan = new CopyPlan(copy, judged.target().orElseThrow(), columns);
        return talk.target.run(requests).thenApply(round -> {
            if (round.error().isPresent()) {
                talk.leave(judged);
                return new Finding.Mistaken(round.error().get().without(Diagnostic.POSITION));
            }
            return new Finding.Understood(Statement.copy(text, name, judged, acting(judged.analysis()), copy, plan));
        });
    }

    /** Copying is an action of its own: in place of the INSERT, and beside the SELECT. */
    private SqlAnalysis acting(SqlAnalysis judged) {
        var accesses = new ArrayList<Access>();
        for (Access access : judged.accesses()) {
            boolean replaced = copy.in() && access.action().equals(INSERT);
            accesses.add(replaced ? new Access(IN, access.resource()) : access);
            if (!copy.in() && access.action().equals(SELECT)) {
                accesses.add(new Access(OUT, access.resource()));
            }
        }
        return judged.withAccesses(accesses);
    }

    /** What PostgreSQL says only when the COPY runs. */
    private static Finding mistaken(Diagnostic mistake) {
        return new Finding.Mistaken(mistake, true);
    }

    private static Finding unreadable(String reason) {
        return Finding.Unreadable.because("copy", reason);
    }

    private static CompletionStage<Finding> found(Finding finding) {
        return CompletableFuture.completedStage(finding);
    }

    /** Keeps the answer to its one question apart. */
    private static final class Lookup extends Round {
        private final int askedAt;
        private final List<DataRow> found = new ArrayList<>();

        Lookup(List<FrontendMessage> requests, int askedAt) {
            super(requests);
            this.askedAt = askedAt;
        }

        @Override
        void row(int request, DataRow row) {
            if (request > askedAt) {
                found.add(row);
            }
        }

        List<DataRow> found() {
            return found;
        }
    }
}
