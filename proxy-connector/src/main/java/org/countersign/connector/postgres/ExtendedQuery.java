package org.countersign.connector.postgres;

import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Parameter;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.BindComplete;
import org.countersign.wire.postgres.BackendMessage.CloseComplete;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.EmptyQueryResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoData;
import org.countersign.wire.postgres.BackendMessage.ParameterDescription;
import org.countersign.wire.postgres.BackendMessage.ParseComplete;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.jspecify.annotations.Nullable;

/**
 * The extended protocol: every Parse of a batch is analysed before anything of it runs, then the messages are worked on
 * in order. One that depends on what runs before it is analysed in its turn, where that is possible. A Bind stays here until its Execute was allowed.
 */
final class ExtendedQuery {
    private final Talk talk;
    private final PostgresCommands commands;
    private final CommandRun runner;
    private final ClientNames names;
    private final Meaning meaning;
    private final Pipeline pipeline;
    private final Ahead ahead;
    private final Map<Parse, Parsed> parsed = new IdentityHashMap<>();

    /**
     * @param finding absent for a text without a statement
     * @param waiting the statement, where it has to be analysed in its turn because it depends on what runs before it
     * @param late whether it became known in its turn only what it does
     */
    private record Parsed(
            PendingCommand pending,
            Optional<Finding> finding,
            Talk.Moment judged,
            Optional<Piece> waiting,
            boolean late) {}

    ExtendedQuery(
            Talk talk,
            PostgresCommands commands,
            CommandRun runner,
            ClientNames names,
            Meaning meaning,
            Pipeline pipeline) {
        this.pipeline = pipeline;
        this.talk = talk;
        this.commands = commands;
        this.runner = runner;
        this.names = names;
        this.meaning = meaning;
        ahead = new Ahead(talk, commands, names, pipeline, meaning, this::foreknown);
    }

    /** @param batch what was prepared and is to be handled; each message is taken out when it has its turn */
    void begin(Deque<FrontendMessage> batch) {
        ahead.of(batch);
    }

    private Optional<Ahead.Known> foreknown(Parse parse) {
        return Optional.ofNullable(parsed.get(parse))
                .filter(ready -> ready.waiting().isEmpty())
                .flatMap(ready -> ready.finding().orElse(null) instanceof Finding.Understood understood
                        ? Optional.of(new Ahead.Known(
                                understood.statement(), ready.pending().reason()))
                        : Optional.empty());
    }

    /** Does ahead of its turn what cannot be done once something runs: analyses. */
    CompletionStage<Boolean> prepare(FrontendMessage message) {
        return switch (message) {
            case Parse parse -> analyse(parse);
            case Bind bind -> {
                pipeline.looksAt(bind);
                boolean parsedHere = parsed.keySet().stream()
                        .anyMatch(parse -> parse.statement().equals(bind.statement()));
                Optional<Prepared> earlier = parsedHere ? Optional.empty() : names.statement(bind.statement());
                yield earlier.isPresent() ? meaning.current(earlier.get()).thenApply(same -> true) : good();
            }
            case Execute execute -> {
                pipeline.looksAt(execute);
                yield good();
            }
            default -> good();
        };
    }

    private CompletionStage<Boolean> analyse(Parse parse) {
        List<Piece> pieces;
        PendingCommand pending = talk.gate.receive(parse.sql(), List.of());
        try {
            pieces = LexErrors.split(talk, parse.sql());
        } catch (LexException e) {
            return understood(parse, pending, Optional.of(LexErrors.finding(e, parse.sql())));
        }
        if (pieces.isEmpty()) {
            return understood(parse, pending, Optional.empty());
        }
        if (pieces.size() > 1) {
            return understood(
                    parse,
                    pending,
                    Optional.of(new Finding.Mistaken(Diagnostic.of(
                            "ERROR", "42601", "cannot insert multiple commands into a prepared statement"))));
        }
        Piece piece = pieces.getFirst();
        pending.because(piece.reason());
        Optional<Finding> kept = commands.kept(piece, parse.parameterTypes());
        if (kept.isPresent()) {
            return understood(parse, pending, piece, kept.get());
        }
        if (!Aside.possible(talk)) {
            return understood(
                    parse,
                    pending,
                    Optional.of(Finding.Unreadable.because(
                            "parse",
                            "it was sent behind a command that is not yet synchronised; send a Sync before it")));
        }
        return find(parse, pending, piece).thenCompose(finding -> understood(parse, pending, piece, finding));
    }

    private CompletionStage<Finding> find(Parse parse, PendingCommand pending, Piece piece) {
        int before = parse.sql().codePointCount(0, piece.offset());
        return pending.recorded()
                .thenCompose(durable -> commands.understand(piece, parse.parameterTypes()))
                .thenApply(finding -> finding instanceof Finding.Mistaken mistaken ? mistaken.behind(before) : finding);
    }

    private CompletionStage<Boolean> understood(Parse parse, PendingCommand pending, Optional<Finding> finding) {
        parsed.put(parse, new Parsed(pending, finding, talk.now(), Optional.empty(), false));
        return good();
    }

    private CompletionStage<Boolean> understood(Parse parse, PendingCommand pending, Piece piece, Finding finding) {
        StatementKind kind = finding instanceof Finding.Understood understood
                ? understood.statement().kind()
                : StatementKind.of(piece);
        Optional<Piece> waiting =
                pipeline.waits(parse.statement(), kind, finding) ? Optional.of(piece) : Optional.empty();
        parsed.put(parse, new Parsed(pending, Optional.of(finding), talk.now(), waiting, false));
        return good();
    }

    /** Forgets what was analysed for messages that were passed over. */
    void forget() {
        parsed.values().forEach(unused -> {
            talk.gate.finish(unused.pending(), Outcome.REFUSED);
            unused.finding().ifPresent(this::discard);
        });
        parsed.clear();
        pipeline.forget();
        ahead.forget();
        talk.gate.batchOver();
    }

    private void discard(Finding unused) {
        if (unused instanceof Finding.Understood understood) {
            talk.leave(understood.statement());
        }
    }

    /**
     * Works on one message.
     *
     * @return true when the client can go on; false when everything until its Sync is passed over
     */
    CompletionStage<Boolean> handle(FrontendMessage message, boolean syncFollows) {
        return switch (message) {
            case Parse parse -> parse(parse);
            case Bind bind -> bind(bind);
            case Describe describe -> describe(describe);
            case Execute execute -> execute(execute, syncFollows);
            case Close close -> close(close);
            case FrontendMessage.Unreadable unreadable -> error(unreadable.sqlState(), unreadable.reason());
            default -> error(PostgresErrors.PROTOCOL_VIOLATION, "a message that does not belong here");
        };
    }

    private CompletionStage<Boolean> parse(Parse parse) {
        Parsed ready = parsed.remove(parse);
        if (ready == null) {
            return error("XX000", "a statement was not analysed");
        }
        if (!parse.statement().isEmpty() && (names.hasStatement(parse.statement()) || names.full())) {
            talk.gate.finish(ready.pending(), Outcome.REFUSED);
            return names.full()
                    ? error("54000", "too many prepared statements in one session")
                    : error("42P05", "prepared statement \"" + parse.statement() + "\" already exists");
        }
        return ready.waiting().isPresent() && Aside.possible(talk)
                ? late(parse, ready, ready.waiting().get()).thenCompose(late -> parse(parse, late))
                : parse(parse, ready);
    }

    private CompletionStage<Parsed> late(Parse parse, Parsed early, Piece piece) {
        early.finding().ifPresent(this::discard);
        Talk.Moment now = talk.now();
        return find(parse, early.pending(), piece).thenApply(finding -> {
            boolean late =
                    early.finding().filter(before -> same(before, finding)).isEmpty();
            return new Parsed(early.pending(), Optional.of(finding), now, Optional.empty(), late);
        });
    }

    private static boolean same(Finding before, Finding now) {
        return before instanceof Finding.Understood was
                && now instanceof Finding.Understood is
                && Meaning.same(was.statement(), is.statement());
    }

    private CompletionStage<Boolean> parse(Parse parse, Parsed ready) {
        @Nullable Finding finding = ready.finding().orElse(null);
        return switch (finding) {
            case null -> {
                talk.gate.finish(ready.pending(), Outcome.EXECUTED);
                yield prepared(parse, Statements.empty(parse.sql()), ready);
            }
            case Finding.Understood understood -> prepared(parse, understood.statement(), ready);
            case Finding.Unreadable unreadable ->
                talk.abort()
                        .thenCompose(undone -> Responses.end(talk, ready.pending(), unreadable))
                        .thenApply(shown -> false);
            case Finding.Mistaken mistaken
            when mistaken.late() -> prepared(parse, Statement.mistaken(parse.sql(), mistaken.diagnostic()), ready);
            case Finding.Mistaken mistaken -> {
                Diagnostic shown = Notices.analysed(mistaken.diagnostic(), talk.hidesMessages());
                yield talk.abort()
                        .thenCompose(undone ->
                                Responses.end(talk, ready.pending(), new ErrorResponse(shown), Outcome.FAILED))
                        .thenApply(done -> false);
            }
        };
    }

    private CompletionStage<Boolean> prepared(Parse parse, Statement statement, Parsed from) {
        var prepared = new Prepared(statement, from.pending(), from.judged());
        if (from.late()) {
            pipeline.judgedLate(prepared);
        }
        talk.gate.rest(from.pending());
        names.prepare(parse.statement(), prepared);
        talk.client.write(new ParseComplete());
        return good();
    }

    private CompletionStage<Boolean> bind(Bind bind) {
        Optional<Prepared> prepared = names.statement(bind.statement());
        if (prepared.isEmpty()) {
            return error("26000", "prepared statement \"" + bind.statement() + "\" does not exist");
        }
        Statement statement = prepared.get().statement();
        if (talk.inFailedTransaction() && !statement.endsTransaction()) {
            return error(PostgresErrors.inFailedTransaction());
        }
        if (!bind.portal().isEmpty() && names.hasPortal(bind.portal())) {
            return error("42P03", "cursor \"" + bind.portal() + "\" already exists");
        }
        if (names.portalsFull()) {
            return error("54000", "too many or too large portals in one transaction");
        }
        int expected = statement.parameterTypes().size();
        if (bind.values().size() != expected) {
            return error(
                    PostgresErrors.PROTOCOL_VIOLATION,
                    "bind message supplies " + bind.values().size() + " parameters, but prepared statement \""
                            + bind.statement() + "\" requires " + expected);
        }
        int formats = bind.resultFormats().size();
        if (formats > 1 && formats != statement.columnCount()) {
            return error(
                    PostgresErrors.PROTOCOL_VIOLATION,
                    "bind message has " + formats + " result formats but query has " + statement.columnCount()
                            + " columns");
        }
        names.bind(bind.portal(), new Portal(prepared.get(), bind));
        talk.client.write(new BindComplete());
        return good();
    }

    private CompletionStage<Boolean> describe(Describe describe) {
        return switch (describe.subject()) {
            case STATEMENT -> {
                Optional<Prepared> prepared = names.statement(describe.name());
                if (prepared.isEmpty()) {
                    yield error("26000", "prepared statement \"" + describe.name() + "\" does not exist");
                }
                Statement statement = prepared.get().statement();
                talk.client.write(new ParameterDescription(statement.parameterTypes()));
                talk.client.write(rows(statement.columns()));
                yield good();
            }
            case PORTAL -> {
                Optional<Portal> portal = names.portal(describe.name());
                if (portal.isEmpty()) {
                    yield error("34000", "portal \"" + describe.name() + "\" does not exist");
                }
                talk.client.write(rows(Statements.formatted(portal.get())));
                yield good();
            }
        };
    }

    private static BackendMessage rows(Optional<List<Column>> columns) {
        return columns.isPresent() ? new RowDescription(columns.get()) : new NoData();
    }

    private CompletionStage<Boolean> execute(Execute execute, boolean syncFollows) {
        Optional<Portal> found = names.portal(execute.portal());
        if (found.isEmpty()) {
            return error("34000", "portal \"" + execute.portal() + "\" does not exist");
        }
        Portal portal = found.get();
        Statement statement = portal.statement();
        if (Statements.isEmpty(statement)) {
            talk.client.write(new EmptyQueryResponse());
            return good();
        }
        if (talk.inFailedTransaction() && !statement.endsTransaction()) {
            return error(PostgresErrors.inFailedTransaction());
        }
        List<Parameter> parameters = PostgresCommands.parameters(statement, portal.bind());
        PendingCommand first = portal.prepared().takeReceived();
        PendingCommand pending =
                first == null ? talk.gate.receive(statement.text(), parameters) : talk.gate.resume(first);
        pending.bind(parameters);
        boolean syncs = pipeline.syncs(statement, syncFollows);
        return runner.run(new CommandRun.Order(
                pending, portal, parameters, execute.maxRows(), syncs, false, ahead.behind(portal)));
    }

    private CompletionStage<Boolean> close(Close close) {
        switch (close.subject()) {
            case STATEMENT -> names.closeStatement(close.name());
            case PORTAL -> names.closePortal(close.name());
        }
        talk.client.write(new CloseComplete());
        return good();
    }

    private CompletionStage<Boolean> error(String sqlState, String message) {
        return error(PostgresErrors.plain(sqlState, message));
    }

    private CompletionStage<Boolean> error(ErrorResponse error) {
        return talk.abort().thenApply(undone -> {
            talk.client.write(error);
            return false;
        });
    }

    private static CompletionStage<Boolean> good() {
        return CompletableFuture.completedStage(true);
    }
}
