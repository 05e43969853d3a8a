package org.countersign.connector.postgres;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Company;
import org.countersign.connector.intercept.Estimator;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.Passage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.Recheck;
import org.countersign.connector.intercept.Requester;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/** Takes one received command through the gate and, when it is open, to the target. */
final class CommandRun {
    static final String CHANGED = "its meaning changed since it was judged; send it again";
    private final Talk talk;
    private final PostgresCommands commands;
    private final LocalAnswer local;
    private final Requester requester;
    private final Meaning meaning;
    private final Cursors cursors;
    private final SqlPrepared prepared;
    private final Pipeline pipeline;

    CommandRun(
            Talk talk,
            PostgresCommands commands,
            LocalAnswer local,
            Requester requester,
            Meaning meaning,
            Cursors cursors,
            SqlPrepared prepared,
            Pipeline pipeline) {
        this.pipeline = pipeline;
        this.cursors = cursors;
        this.prepared = prepared;
        this.talk = talk;
        this.commands = commands;
        this.local = local;
        this.requester = requester;
        this.meaning = meaning;
    }

    /**
     * What is to be run for a client.
     *
     * @param rows the client's row limit; 0 or less for none
     * @param syncFollows whether the client's next message is the Sync
     * @param simple whether it is answered as a simple Query
     * @param company what stands behind it in its batch
     * @param data of a COPY FROM STDIN, where people are asked about it
     */
    record Order(
            PendingCommand pending,
            Portal portal,
            List<Parameter> parameters,
            int rows,
            boolean syncFollows,
            boolean simple,
            Company company,
            @Nullable CopySpool data) {
        /** Of what no data is kept. */
        Order(
                PendingCommand pending,
                Portal portal,
                List<Parameter> parameters,
                int rows,
                boolean syncFollows,
                boolean simple,
                Company company) {
            this(pending, portal, parameters, rows, syncFollows, simple, company, null);
        }

        /** Of what nothing stands behind. */
        Order(
                PendingCommand pending,
                Portal portal,
                List<Parameter> parameters,
                int rows,
                boolean syncFollows,
                boolean simple) {
            this(pending, portal, parameters, rows, syncFollows, simple, Company.NONE);
        }

        Statement statement() {
            return portal.statement();
        }

        /** What its own text says; of an EXECUTE that says nothing, what its PREPARE says. */
        Optional<String> reason() {
            return pending.reason().or(portal.prepared()::reason);
        }

        /** The same with the data that people decide about. */
        Order with(CopySpool kept) {
            return new Order(pending, portal, kept.described(), rows, syncFollows, simple, Company.NONE, kept);
        }
    }

    /** @return true when the client can go on; false when it was told of an error */
    CompletionStage<Boolean> run(Order order) {
        if (order.statement().kind() instanceof StatementKind.ExecutePrepared named) {
            return execute(order, named);
        }
        if (!cursors.current(order.statement())) {
            return renewed(order).thenCompose(current -> run(order));
        }
        if (!namesItsColumns(order.statement())) {
            return refuse(order, "it returns columns that its analysis does not name");
        }
        if (order.portal().open()) {
            return submit(order, false);
        }
        return meaning.current(order.portal().prepared()).thenCompose(same -> {
            if (!same) {
                return anew(order);
            }
            Optional<Diagnostic> mistake = order.statement().mistake();
            return mistake.isPresent()
                    ? fail(order, new ErrorResponse(Notices.analysed(mistake.get(), talk.hidesMessages())))
                    : submit(order, false);
        });
    }

    /**
     * Runs a statement that is not analysed, for it is foreseen what it means and that it is allowed.
     *
     * @return empty when it is not allowed, or turned out to mean something else: nothing of it ran then
     */
    CompletionStage<Optional<Boolean>> run(Order order, Foresight foresight, List<String> settings) {
        boolean overlaps = order.statement().overlaps();
        Optional<MaskPlan> masks = talk.gate.admit(
                order.pending(), commands.command(order.statement(), List.of(), settings, order.reason()), overlaps);
        if (masks.isEmpty() || !fits(masks.get(), order.statement()) || !namesItsColumns(order.statement())) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        CompletionStage<Void> recorded = overlaps
                ? CompletableFuture.completedStage(null)
                : order.pending().recorded();
        talk.session.surroundings().metrics().count(Metric.ANALYSIS_CACHE_HITS);
        return recorded.thenCompose(durable -> execute(order, masks.get(), foresight))
                .thenApply(result -> switch (result) {
                    case GOOD -> Optional.of(true);
                    case TOLD -> Optional.of(false);
                    case CHANGED -> {
                        talk.session.surroundings().metrics().count(Metric.ANALYSIS_CACHE_REFUTED);
                        yield Optional.empty();
                    }
                });
    }

    /** EXECUTE is the statement it names, with its values. */
    private CompletionStage<Boolean> execute(Order order, StatementKind.ExecutePrepared named) {
        if (order.rows() > 0 || order.portal().spent()) {
            return refuse(order, "EXECUTE runs once, to its end");
        }
        return switch (prepared.found(named, order.portal().bind())) {
            case SqlPrepared.Found.Fails fails -> fail(order, fails.error());
            case SqlPrepared.Found.Unclear unclear -> refuse(order, unclear.reason());
            case SqlPrepared.Found.Runs runs -> {
                order.portal().spend();
                Portal portal = runs.portal();
                var parameters = PostgresCommands.parameters(portal.statement(), portal.bind());
                yield run(new Order(order.pending(), portal, parameters, 0, order.syncFollows(), order.simple()))
                        .thenApply(good -> {
                            if (portal.open() && !portal.spent()) {
                                talk.leave(Subject.PORTAL, portal.name());
                            }
                            return good;
                        });
            }
        };
    }

    /** A FETCH that was prepared for a cursor which is gone is for the one that has its name now. */
    private CompletionStage<Void> renewed(Order order) {
        Statement before = order.statement();
        return order.pending()
                .recorded()
                .thenCompose(durable -> cursors.again(before))
                .thenAccept(now -> {
                    talk.leave(before);
                    order.portal().prepared().renew(now, talk.now());
                });
    }

    /** Decides about several statements at once. */
    CompletionStage<Passage> decide(PendingCommand pending, SqlCommand several, Recheck recheck, Estimator estimator) {
        return talk.gate.submit(pending, several, false, requester, recheck, Company.NONE, estimator);
    }

    /** Carries out one of several statements that the gate let through together. */
    CompletionStage<Boolean> pass(Order order, MaskPlan masks) {
        return pass(order, masks, true);
    }

    static boolean namesItsColumns(Statement statement) {
        return statement.width() == statement.analysis().outputs().size();
    }

    private static boolean fits(MaskPlan masks, Statement statement) {
        return masks.columns().size() == statement.width();
    }

    /** @param again whether it was just analysed anew */
    private CompletionStage<Boolean> submit(Order order, boolean again) {
        if (talk.cancellation.asked()) {
            return canceled(order).thenApply(told -> false);
        }
        Statement statement = order.statement();
        CompletionStage<List<String>> settings =
                statement.depends() ? talk.settings() : CompletableFuture.completedStage(List.of());
        return settings.thenCompose(
                known -> needsData(order, known) ? spooled(order, again) : submit(order, again, known));
    }

    /** Whether people would be asked about a COPY whose data is not there yet. */
    private boolean needsData(Order order, List<String> settings) {
        return order.statement().copy().filter(plan -> plan.kind().in()).isPresent()
                && order.data() == null
                && talk.session.surroundings().limits().copySpoolBytes() > 0
                && !pipeline.late(order.portal().prepared())
                && talk.gate.wouldHold(
                        order.pending(),
                        commands.command(order.statement(), CopySpool.announced(), settings, order.reason()));
    }

    private CompletionStage<Boolean> spooled(Order order, boolean again) {
        CopyPlan plan = order.statement().copy().orElseThrow();
        return new CopySpooling(talk, order.pending(), plan)
                .run()
                .handle((kept, failure) -> {
                    if (failure == null) {
                        Order whole = order.with(kept);
                        order.pending().bind(whole.parameters());
                        return submit(whole, again);
                    }
                    return ClientSession.cause(failure) instanceof CopySpooling.GivenUpException givenUp
                            ? talk.abort()
                                    .thenCompose(undone ->
                                            Responses.end(talk, order.pending(), givenUp.error(), Outcome.REFUSED))
                                    .thenApply(shown -> false)
                            : CompletableFuture.<Boolean>failedStage(failure);
                })
                .thenCompose(result -> result);
    }

    private CompletionStage<Boolean> submit(Order order, boolean again, List<String> settings) {
        Statement statement = order.statement();
        Portal portal = order.portal();
        SqlCommand command = command(order, settings);
        CompletionStage<Passage> decided = pipeline.late(portal.prepared())
                ? talk.gate.submitLate(order.pending(), command)
                : talk.gate.submit(
                        order.pending(),
                        command,
                        statement.overlaps(),
                        requester,
                        () -> portal.open() ? CompletableFuture.completedStage(true) : meaning.unchanged(statement),
                        order.company(),
                        asked -> new Estimating(talk)
                                .of(statement, portal.bind())
                                .thenApply(command::estimated));
        return decided.thenCompose(passage -> switch (passage) {
            case Passage.Open open ->
                order.simple()
                        ? pass(order, open.masks(), again)
                        : pipeline.run(order.pending(), statement, () -> pass(order, open.masks(), again));
            case Passage.Closed closed ->
                talk.abort()
                        .thenCompose(undone -> Responses.end(talk, order.pending(), closed))
                        .thenApply(shown -> false);
        });
    }

    private SqlCommand command(Order order, List<String> settings) {
        SqlCommand command = commands.command(order.statement(), order.parameters(), settings, order.reason());
        CopySpool data = order.data();
        return data == null ? command : command.estimated(data.estimate());
    }

    private CompletionStage<Boolean> pass(Order order, MaskPlan masks, boolean again) {
        Statement statement = order.statement();
        if (Cursors.concerns(statement.kind())) {
            return cursor(order, masks, again);
        }
        return statement.target().isEmpty()
                ? local.run(order.pending(), statement, order.simple())
                : perform(order, masks, again);
    }

    /** A statement about a cursor, with what is to be known or done before and after it. */
    private CompletionStage<Boolean> cursor(Order order, MaskPlan masks, boolean again) {
        Optional<ErrorResponse> refusal = cursors.refusal(order.statement());
        if (refusal.isPresent()) {
            return fail(order, refusal.get());
        }
        if (!cursors.current(order.statement())) {
            return refuse(order, CHANGED);
        }
        return cursors.unopened(order.statement())
                .map(read -> new Execution(
                                talk, order.pending(), read, hidden(read, masks), order.simple(), meaning, null)
                        .open())
                .orElseGet(() -> CompletableFuture.completedStage(Execution.Result.GOOD))
                .thenCompose(there -> switch (there) {
                    case GOOD -> perform(order, masks, again);
                    case TOLD -> CompletableFuture.completedStage(false);
                    case CHANGED -> refuse(order, CHANGED);
                })
                .thenApply(good -> {
                    if (good) {
                        cursors.done(order.statement(), order.pending());
                    }
                    return good;
                });
    }

    /** For a portal of which nothing is shown yet. */
    private static MaskPlan hidden(Portal portal, MaskPlan masks) {
        return new MaskPlan(
                Collections.nCopies(portal.statement().width(), MaskKind.NULL),
                masks.detectors(),
                masks.messagesScrubbed(),
                masks.maxRows());
    }

    private CompletionStage<Boolean> perform(Order order, MaskPlan masks, boolean again) {
        Statement statement = order.statement();
        if (!fits(masks, statement)) {
            return refuse(order, "its masks do not fit its columns");
        }
        return execute(order, masks, null).thenCompose(result -> switch (result) {
            case GOOD -> CompletableFuture.completedStage(true);
            case TOLD -> CompletableFuture.completedStage(false);
            case CHANGED -> again ? refuse(order, CHANGED) : anew(order);
        });
    }

    private CompletionStage<Execution.Result> execute(Order order, MaskPlan masks, @Nullable Foresight foresight) {
        if (talk.session.ended()) {
            return CompletableFuture.failedStage(new PostgresBackend.LostException("the session is over"));
        }
        if (talk.cancellation.asked()) {
            return canceled(order);
        }
        steer(order.statement());
        talk.announcements.during(order.statement().kind(), masks);
        if (order.statement().kind().name().equals("listen")) {
            ChannelName.of(order.statement().text())
                    .ifPresent(channel -> talk.announcements.listen(
                            channel, commands.command(order.statement(), List.of(), List.of(), order.reason()), masks));
        }
        if (order.statement().copy().isPresent()) {
            return copy(order, masks, order.statement().copy().get())
                    .thenApply(good -> good ? Execution.Result.GOOD : Execution.Result.TOLD);
        }
        return new Execution(talk, order.pending(), order.portal(), masks, order.simple(), meaning, foresight)
                .run(order.rows(), order.syncFollows());
    }

    private CompletionStage<Boolean> copy(Order order, MaskPlan masks, CopyPlan plan) {
        return plan.kind().in()
                ? new CopyIn(talk, order.pending(), order.portal(), plan, masks, meaning, order.simple(), order.data())
                        .run()
                : new CopyOut(talk, order.pending(), order.portal(), plan, masks, order.simple())
                        .run(order.syncFollows());
    }

    /** It no longer means what it was judged by: it is analysed and judged anew, unless people approved what it was. */
    private CompletionStage<Boolean> anew(Order order) {
        Statement before = order.statement();
        if (order.pending().approval().isPresent() || !Aside.possible(talk)) {
            return refuse(order, CHANGED);
        }
        talk.kept.forget();
        return meaning.anew(before).thenCompose(finding -> switch (finding) {
            case Finding.Understood understood -> {
                if (!order.simple() && !alike(understood.statement(), before)) {
                    talk.leave(understood.statement());
                    yield fail(order, PostgresErrors.plain("0A000", "cached plan must not change result type"));
                }
                talk.leave(before);
                order.portal().prepared().renew(understood.statement(), talk.now());
                order.portal().undone();
                pipeline.judgedAnew(order.portal().prepared());
                yield submit(order, true);
            }
            case Finding.Unreadable unreadable ->
                talk.abort()
                        .thenCompose(undone -> Responses.end(talk, order.pending(), unreadable))
                        .thenApply(shown -> false);
            case Finding.Mistaken mistaken ->
                fail(order, new ErrorResponse(Notices.analysed(mistaken.diagnostic(), talk.hidesMessages())));
        });
    }

    /** Whether the rows that a client was told of look the same, from whatever table they come; nobody told it of a simple one's. */
    private static boolean alike(Statement one, Statement other) {
        return looks(one).equals(looks(other));
    }

    private static Optional<List<Column>> looks(Statement statement) {
        return statement
                .columns()
                .map(columns -> columns.stream()
                        .map(column -> new Column(
                                column.name(),
                                0,
                                (short) 0,
                                column.typeOid(),
                                column.typeSize(),
                                column.typeModifier(),
                                column.format()))
                        .toList());
    }

    private CompletionStage<Execution.Result> canceled(Order order) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, order.pending(), PostgresErrors.canceled(), Outcome.REFUSED))
                .thenApply(shown -> Execution.Result.TOLD);
    }

    private CompletionStage<Boolean> fail(Order order, ErrorResponse error) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, order.pending(), error, Outcome.FAILED))
                .thenApply(shown -> false);
    }

    private CompletionStage<Boolean> refuse(Order order, String reason) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(
                        talk,
                        order.pending(),
                        Finding.Unreadable.because(order.statement().kind().name(), reason)))
                .thenApply(shown -> false);
    }

    /** Forgets what the statement may change of the session's settings. */
    private void steer(Statement statement) {
        if (statement.defines()) {
            talk.defined();
        }
        if (statement.endsTransaction()) {
            talk.notices.transactionEnds();
        }
        if (statement.undoes()) {
            talk.trees.lost(); // what was switched on inside is off again
            cursors.undone();
        }
        if (!statement.steers() || statement.opensPlainly()) {
            return;
        }
        if (statement.opensWithModes()) {
            talk.settingsUnknown();
        } else if (!statement.endsTransaction() || talk.steered()) {
            talk.settingsChanged();
        }
    }
}
