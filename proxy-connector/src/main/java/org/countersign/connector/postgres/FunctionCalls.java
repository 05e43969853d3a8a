package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.FunctionCall;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions by protocol, the fast path. On the target each is the SELECT of that function with these arguments,
 * which is analysed, judged, recorded and masked like any other; the client gets its one value.
 */
final class FunctionCalls {
    private static final String FUNCTION = """
            SELECT pg_catalog.quote_ident(n.nspname) OPERATOR(pg_catalog.||) '.'
                    OPERATOR(pg_catalog.||) pg_catalog.quote_ident(p.proname),
                p.proname, p.prokind OPERATOR(pg_catalog.=) 'f' AND NOT p.proretset,
                p.provariadic OPERATOR(pg_catalog.<>) 0, p.proargtypes
            FROM pg_catalog.pg_proc p, pg_catalog.pg_namespace n
            WHERE n.oid OPERATOR(pg_catalog.=) p.pronamespace AND p.oid OPERATOR(pg_catalog.=) $1""";

    private static final String TRUE = "t";

    private final Talk talk;
    private final PostgresCommands commands;
    private final SimpleQuery simple;

    FunctionCalls(Talk talk, PostgresCommands commands, SimpleQuery simple) {
        this.talk = talk;
        this.commands = commands;
        this.simple = simple;
    }

    /** @param name as SQL writes it, with its schema */
    private record Function(String name, String plainName, boolean plain, boolean variadic, List<Integer> arguments) {
        static Function of(DataRow row) {
            String types = text(row, 4).strip();
            return new Function(
                    text(row, 0),
                    text(row, 1),
                    text(row, 2).equals(TRUE),
                    text(row, 3).equals(TRUE),
                    types.isEmpty()
                            ? List.of()
                            : List.of(types.split(" ")).stream()
                                    .map(Integer::parseUnsignedInt)
                                    .toList());
        }

        private static String text(DataRow row, int column) {
            return String.valueOf(row.text(column));
        }

        /** The call with a parameter for each argument. An array for the last of a variadic function is that array. */
        String call() {
            var sql = new StringBuilder("SELECT ").append(name).append('(');
            for (int i = 1; i <= arguments.size(); i++) {
                sql.append(i > 1 ? ", " : "")
                        .append(variadic && i == arguments.size() ? "VARIADIC $" : "$")
                        .append(i);
            }
            return sql.append(')').toString();
        }
    }

    /** Answers the call but for its ReadyForQuery. */
    CompletionStage<Boolean> run(FunctionCall call) {
        return talk.sync().thenCompose(ready -> {
            if (ready.error().isPresent()) {
                talk.settingsChanged();
                return error(PostgresErrors.atCommit(ready.error().get(), talk.hidesMessages()));
            }
            return talk.inFailedTransaction() ? error(PostgresErrors.inFailedTransaction()) : look(call);
        });
    }

    private CompletionStage<Boolean> look(FunctionCall call) {
        var requests = new ArrayList<FrontendMessage>(talk.takeLeftovers());
        requests.add(new Parse("", FUNCTION, List.of(Types.OID)));
        var oid = new ArrayList<byte @Nullable []>();
        oid.add(Integer.toUnsignedString(call.functionOid()).getBytes(StandardCharsets.US_ASCII));
        requests.add(new Bind("", "", List.of(), oid, List.of()));
        requests.add(new Execute("", 0));
        requests.add(new Sync());
        return talk.target.run(requests).thenCompose(round -> {
            if (round.error().isPresent()) {
                return error(new ErrorResponse(Notices.analysed(round.error().get(), talk.hidesMessages())));
            }
            Optional<Function> function = round.rows().stream().findFirst().map(Function::of);
            Optional<ErrorResponse> mistake = mistake(call, function);
            return mistake.isPresent() ? error(mistake.get()) : select(call, function.orElseThrow());
        });
    }

    private static Optional<ErrorResponse> mistake(FunctionCall call, Optional<Function> function) {
        if (function.isEmpty()) {
            return Optional.of(PostgresErrors.plain(
                    "42883", "function with OID " + Integer.toUnsignedString(call.functionOid()) + " does not exist"));
        }
        if (!function.get().plain()) {
            return Optional.of(PostgresErrors.plain(
                    "22023", "cannot call function \"" + function.get().plainName() + "\" via fastpath interface"));
        }
        int required = function.get().arguments().size();
        int given = call.arguments().size();
        return required == given
                ? Optional.empty()
                : Optional.of(PostgresErrors.plain(
                        PostgresErrors.PROTOCOL_VIOLATION,
                        "function call message contains " + given + " arguments but function requires " + required));
    }

    private CompletionStage<Boolean> select(FunctionCall call, Function function) {
        String sql = function.call();
        PendingCommand pending = talk.gate.receive(sql, List.of());
        Piece piece;
        try {
            piece = LexErrors.split(talk, sql).getFirst();
        } catch (LexException e) {
            return simple.told(pending, LexErrors.finding(e, sql), 0, statement -> portal(call, statement, pending));
        }
        return pending.recorded()
                .thenCompose(durable -> commands.understand(piece, function.arguments()))
                .thenCompose(
                        finding -> simple.told(pending, finding, 0, statement -> portal(call, statement, pending)));
    }

    private Portal portal(FunctionCall call, Statement statement, PendingCommand pending) {
        return Portal.ofCall(
                new Prepared(statement, pending, talk.now()),
                new Bind("", "", call.argumentFormats(), call.arguments(), List.of(call.resultFormat())));
    }

    private CompletionStage<Boolean> error(ErrorResponse error) {
        return talk.abort().thenApply(undone -> {
            talk.client.write(error);
            return false;
        });
    }
}
