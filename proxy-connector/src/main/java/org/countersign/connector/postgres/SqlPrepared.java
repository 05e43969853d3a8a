package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.StatementKind.Argument;
import org.countersign.connector.postgres.analysis.StatementKind.ExecutePrepared;
import org.countersign.connector.postgres.analysis.StatementKind.Prepare;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/**
 * SQL's PREPARE and EXECUTE. As in the server they share their names with the statements of the protocol, and so they are
 * those here: what PREPARE names is prepared by protocol on the target, and EXECUTE binds it.
 */
final class SqlPrepared {
    private static final String TYPE = "SELECT $1::pg_catalog.regtype::pg_catalog.oid";
    private static final int BOOLEAN = 16;
    private static final Set<Integer> WHOLE_NUMBERS = Set.of(20, 21, 23, 700, 701, 1700);
    private static final Set<Integer> NUMBERS = Set.of(700, 701, 1700);
    private final Talk talk;
    private final ClientNames names;
    private final Map<Statement, Statement> prepared = new WeakHashMap<>();

    SqlPrepared(Talk talk, ClientNames names) {
        this.talk = talk;
        this.names = names;
    }

    /** Understands a PREPARE: the permissions of its statement are asked for, its effects come with EXECUTE. */
    CompletionStage<Finding> prepare(Piece piece, Prepare kind) {
        var requests = new ArrayList<>(talk.takeLeftovers());
        for (String type : kind.types()) {
            requests.add(new Parse("", TYPE, List.of(Types.TEXT)));
            var value = new ArrayList<byte @Nullable []>();
            value.add(type.getBytes(StandardCharsets.UTF_8));
            requests.add(new Bind("", "", List.of(), value, List.of()));
            requests.add(new Execute("", 0));
        }
        if (!talk.target.unsynced()) {
            requests.add(new Sync());
        }
        CompletionStage<Round> asked = kind.types().isEmpty() ? Talk.nothing() : talk.target.run(requests);
        return asked.thenCompose(round -> {
            if (round.error().isPresent()) {
                return CompletableFuture.completedStage(
                        new Finding.Mistaken(round.error().get()));
            }
            List<Integer> types = round.rows().stream()
                    .map(row -> Integer.parseUnsignedInt(String.valueOf(row.text(0))))
                    .toList();
            return new AnalysisTalk(talk, kind.prepared(), kind.text(), types)
                    .run()
                    .thenApply(found -> understood(piece, kind, found));
        });
    }

    private Finding understood(Piece piece, Prepare kind, Finding found) {
        return switch (found) {
            case Finding.Understood understood -> {
                Statement inner = understood.statement();
                SqlAnalysis what = inner.analysis();
                var statement = Statement.plain(
                        piece.text(),
                        kind,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        new SqlAnalysis(
                                what.accesses(),
                                Set.of(),
                                what.functions(),
                                what.hasPredicate(),
                                List.of(),
                                what.examined(),
                                what.moved(),
                                what.written(),
                                what.routines(),
                                what.treeDigest()));
                prepared.put(statement, inner);
                yield new Finding.Understood(statement);
            }
            case Finding.Unreadable unreadable -> unreadable;
            case Finding.Mistaken mistaken ->
                new Finding.Mistaken(ErrorPosition.shifted(
                        mistaken.diagnostic(), piece.text().codePointCount(0, kind.textAt())));
        };
    }

    /** Carries a PREPARE out; returns the error when that cannot be. */
    Optional<ErrorResponse> carryOut(Statement statement, Prepare kind, PendingCommand pending) {
        @Nullable Statement inner = prepared.remove(statement);
        String name = ClientNames.truncated(kind.statement());
        Optional<ErrorResponse> refusal = inner == null
                ? error("XX000", "a statement was prepared before")
                : names.hasStatement(name)
                        ? error("42P05", "prepared statement \"" + name + "\" already exists")
                        : names.full()
                                ? error("54000", "too many prepared statements in one session")
                                : Optional.empty();
        if (inner != null && refusal.isEmpty()) {
            var entry = new Prepared(inner, pending, talk.now());
            entry.takeReceived(); // the PREPARE's
            names.prepare(name, entry);
        } else if (inner != null) {
            inner.target().ifPresent(target -> talk.leave(Subject.STATEMENT, target));
        }
        return refusal;
    }

    /** Understands an EXECUTE as far as its result goes; what it runs is looked up when it runs. */
    Finding execute(Piece piece, ExecutePrepared kind) {
        Optional<Statement> now =
                names.statement(ClientNames.truncated(kind.statement())).map(Prepared::statement);
        return new Finding.Understood(Statement.plain(
                piece.text(),
                kind,
                Optional.empty(),
                List.of(),
                now.flatMap(Statement::columns),
                now.map(Statement::analysis).orElseGet(SqlAnalysis::harmless)));
    }

    /** What an EXECUTE runs, or why it cannot. */
    sealed interface Found {
        record Runs(Portal portal) implements Found {}

        record Fails(ErrorResponse error) implements Found {}

        record Unclear(String reason) implements Found {}
    }

    Found found(ExecutePrepared kind, Bind asked) {
        String name = ClientNames.truncated(kind.statement());
        Optional<Prepared> entry = names.statement(name);
        if (entry.isEmpty()) {
            return new Found.Fails(PostgresErrors.plain("26000", "prepared statement \"" + name + "\" does not exist"));
        }
        Statement statement = entry.get().statement();
        if (!(statement.kind() instanceof StatementKind.Optimizable)) {
            return new Found.Unclear("only what can be analysed can be executed by name");
        }
        List<Integer> types = statement.parameterTypes();
        if (types.size() != kind.arguments().size()) {
            return new Found.Fails(PostgresErrors.plain(
                    "42601", "wrong number of parameters for prepared statement \"" + name + "\""));
        }
        var values = new ArrayList<byte @Nullable []>();
        for (int i = 0; i < types.size(); i++) {
            Argument argument = kind.arguments().get(i);
            boolean fits = switch (argument.form()) {
                case NOTHING, TEXT -> true;
                case TRUTH -> types.get(i) == BOOLEAN;
                case WHOLE -> WHOLE_NUMBERS.contains(types.get(i));
                case NUMBER -> NUMBERS.contains(types.get(i));
            };
            if (!fits) {
                return new Found.Unclear("argument " + (i + 1) + " needs a conversion; write it as a quoted constant");
            }
            values.add(
                    argument.form() == Argument.Form.NOTHING
                            ? null
                            : argument.text().getBytes(StandardCharsets.UTF_8));
        }
        return new Found.Runs(new Portal(entry.get(), new Bind("", "", List.of(), values, asked.resultFormats())));
    }

    private static Optional<ErrorResponse> error(String sqlState, String message) {
        return Optional.of(PostgresErrors.plain(sqlState, message));
    }
}
