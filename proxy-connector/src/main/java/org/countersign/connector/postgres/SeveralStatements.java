package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Outcome;
import org.countersign.connector.intercept.Passage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Subject;

/**
 * One simple Query with several statements: one command. All are understood and decided about together before the first
 * runs. A statement that can be understood only then, because it needs what one before it made or set, is decided about
 * at its turn.
 */
final class SeveralStatements {
    private final Talk talk;
    private final PostgresCommands commands;
    private final CommandRun runner;
    private final Meaning meaning;
    private final PendingCommand pending;
    private final ImplicitBlock block;
    private final Parts parts;

    /** @param pieces at least two */
    SeveralStatements(
            Talk talk,
            PostgresCommands commands,
            CommandRun runner,
            Meaning meaning,
            PendingCommand pending,
            List<Piece> pieces) {
        this.talk = talk;
        this.runner = runner;
        this.meaning = meaning;
        this.pending = pending;
        block = new ImplicitBlock(talk);
        this.commands = commands;
        parts = new Parts(talk, commands, pending.text(), pieces);
    }

    /** @return true when all ran; false when the client was told of an error */
    CompletionStage<Boolean> run() {
        pending.inParts(parts.all().size());
        return pending.recorded()
                .thenCompose(durable -> parts.understand())
                .thenCompose(mistake -> mistake.isPresent() ? tell(mistake.get()) : decide())
                .thenApply(good -> {
                    parts.discard();
                    return good;
                });
    }

    private CompletionStage<Boolean> decide() {
        return parts.command()
                .thenCompose(command -> runner.decide(
                        pending,
                        command,
                        this::unchanged,
                        asked -> parts.estimated(command).thenApply(known -> known)))
                .thenCompose(passage -> switch (passage) {
                    case Passage.Open open -> carryOut(open.masks());
                    case Passage.Closed closed -> tell(closed);
                });
    }

    private CompletionStage<Boolean> unchanged() {
        var known = new ArrayDeque<Statement>();
        parts.all().forEach(part -> part.statement().ifPresent(known::add));
        return Sequence.run(known, meaning::unchanged);
    }

    private CompletionStage<Boolean> carryOut(MaskPlan plan) {
        int from = 0;
        for (Part part : parts.all()) {
            int to = from + part.columnCount();
            if (to > plan.columns().size()) {
                return tell(Finding.Unreadable.because("several", "its masks do not fit its columns"));
            }
            part.allowed(new MaskPlan(
                    plan.columns().subList(from, to), plan.detectors(), plan.messagesScrubbed(), plan.maxRows()));
            from = to;
        }
        return Sequence.run(
                        new ArrayDeque<>(parts.all()),
                        part -> talk.client
                                .room()
                                .thenCompose(room -> ready(part))
                                .thenCompose(ready -> ready ? perform(part) : CompletableFuture.completedStage(false)))
                .thenCompose(good -> block.undo().thenApply(undone -> good));
    }

    /** Makes sure that it is known what the statement does now; false when the client was told that it cannot run. */
    private CompletionStage<Boolean> ready(Part part) {
        if (part.statement().isPresent() && part.fresh(talk.now())) {
            return CompletableFuture.completedStage(true);
        }
        Talk.Moment when = talk.now();
        return parts.find(part).thenCompose(finding -> {
            if (!(finding instanceof Finding.Understood understood)) {
                return tell(finding);
            }
            Optional<Statement> before = part.statement();
            boolean same = before.isPresent() && Meaning.same(before.get(), understood.statement());
            before.ifPresent(talk::leave);
            part.understood(understood.statement(), when);
            if (same) {
                return CompletableFuture.completedStage(true);
            }
            return before.isPresent() && pending.approval().isPresent()
                    ? tell(Finding.Unreadable.because(part.kind().name(), CommandRun.CHANGED))
                    : decideLate(part);
        });
    }

    private CompletionStage<Boolean> decideLate(Part part) {
        boolean depends = part.statement().filter(Statement::depends).isPresent();
        return (depends ? talk.settings() : CompletableFuture.completedStage(List.<String>of()))
                .thenCompose(settings -> talk.gate.submitLate(pending, parts.command(part, settings)))
                .thenCompose(passage -> switch (passage) {
                    case Passage.Open open -> {
                        part.allowed(open.masks());
                        yield CompletableFuture.completedStage(true);
                    }
                    case Passage.Closed closed -> tell(closed);
                });
    }

    private CompletionStage<Boolean> perform(Part part) {
        return part.kind() instanceof StatementKind.TransactionControl control
                ? block.control(pending, control, part.piece().text(), () -> send(part))
                : block.begin().thenCompose(begun -> send(part));
    }

    private CompletionStage<Boolean> send(Part part) {
        Statement statement = part.statement().orElseThrow();
        var portal = new Portal(new Prepared(statement, pending, talk.now()), commands.simple(statement));
        boolean commits = part.last() && block.ours();
        talk.commitAtSync(commits);
        CompletionStage<Boolean> sent = commits && statement.target().isEmpty() && !LocalAnswer.runsAlone(statement)
                ? commit().thenCompose(
                                good -> good ? pass(part, portal, true) : CompletableFuture.completedStage(false))
                : pass(part, portal, !commits);
        return sent.thenApply(good -> {
            if (portal.open()) {
                talk.leave(Subject.PORTAL, portal.name());
            }
            if (good && commits) {
                block.over();
            }
            return good;
        });
    }

    private CompletionStage<Boolean> pass(Part part, Portal portal, boolean sync) {
        return runner.pass(new CommandRun.Order(pending, portal, List.of(), 0, sync, true), part.masks());
    }

    /** Before the last statement, where that needs no target. */
    private CompletionStage<Boolean> commit() {
        talk.commitAtSync(false);
        return talk.target
                .run(new Round(Round.Work.STATEMENT, talk.helpers.run(Helpers.Helper.COMMIT)))
                .thenCompose(round -> {
                    Optional<Diagnostic> error = round.error();
                    return talk.sync()
                            .thenCompose(ready -> error.isEmpty()
                                    ? CompletableFuture.completedStage(true)
                                    : Responses.end(
                                                    talk,
                                                    pending,
                                                    PostgresErrors.atCommit(error.get(), talk.hidesMessages()),
                                                    Outcome.FAILED)
                                            .thenApply(shown -> false));
                });
    }

    private CompletionStage<Boolean> tell(Passage.Closed closed) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(talk, pending, closed))
                .thenApply(shown -> false);
    }

    private CompletionStage<Boolean> tell(Finding finding) {
        return talk.abort()
                .thenCompose(undone -> switch (finding) {
                    case Finding.Understood understood ->
                        throw new IllegalArgumentException("nothing is wrong with it");
                    case Finding.Unreadable unreadable -> Responses.end(talk, pending, unreadable);
                    case Finding.Mistaken mistaken ->
                        Responses.end(
                                talk,
                                pending,
                                new ErrorResponse(Notices.analysed(mistaken.diagnostic(), talk.hidesMessages())),
                                Outcome.FAILED);
                })
                .thenApply(shown -> false);
    }
}
