package org.countersign.connector.postgres;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.intercept.Passage;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.Requester;
import org.countersign.model.command.Parameter;
import org.countersign.model.masking.MaskPlan;

/** Takes one received command through the gate and, when it is open, to the target. */
final class CommandRun {
    private final Talk talk;
    private final PostgresCommands commands;
    private final LocalAnswer local;
    private final Requester requester;
    private final Meaning meaning;

    CommandRun(Talk talk, PostgresCommands commands, LocalAnswer local, Requester requester, Meaning meaning) {
        this.talk = talk;
        this.commands = commands;
        this.local = local;
        this.requester = requester;
        this.meaning = meaning;
    }

    /**
     * @param rows the client's row limit; 0 or less for none
     * @param syncFollows whether the client's next message is the Sync
     * @return true when the client can go on; false when it was told of an error
     */
    CompletionStage<Boolean> run(
            PendingCommand pending,
            Portal portal,
            List<Parameter> parameters,
            int rows,
            boolean syncFollows,
            boolean simple) {
        Statement statement = portal.statement();
        if (statement.columnCount() != statement.analysis().outputs().size()) {
            return refuse(pending, statement, "it returns columns that its analysis does not name");
        }
        if (portal.open()) {
            return submit(pending, portal, parameters, rows, syncFollows, simple);
        }
        return meaning.current(portal.prepared())
                .thenCompose(same -> same
                        ? submit(pending, portal, parameters, rows, syncFollows, simple)
                        : refuse(pending, statement, Execution.CHANGED));
    }

    private CompletionStage<Boolean> submit(
            PendingCommand pending,
            Portal portal,
            List<Parameter> parameters,
            int rows,
            boolean syncFollows,
            boolean simple) {
        Statement statement = portal.statement();
        CompletionStage<List<String>> settings =
                statement.depends() ? talk.settings() : CompletableFuture.completedStage(List.of());
        return settings.thenCompose(known -> talk.gate.submit(
                        pending,
                        commands.command(statement, parameters, known),
                        statement.overlaps(),
                        requester,
                        () -> portal.open() ? CompletableFuture.completedStage(true) : meaning.unchanged(statement)))
                .thenCompose(passage -> switch (passage) {
                    case Passage.Open open -> pass(pending, portal, open.masks(), rows, syncFollows, simple);
                    case Passage.Closed closed ->
                        talk.abort()
                                .thenCompose(undone -> Responses.end(talk, pending, closed))
                                .thenApply(shown -> false);
                });
    }

    private CompletionStage<Boolean> pass(
            PendingCommand pending, Portal portal, MaskPlan masks, int rows, boolean syncFollows, boolean simple) {
        if (talk.session.ended()) {
            return CompletableFuture.failedStage(new PostgresBackend.LostException("the session is over"));
        }
        Statement statement = portal.statement();
        if (statement.target().isEmpty()) {
            return local.run(pending, statement, simple);
        }
        if (masks.columns().size() != statement.columnCount()) {
            return refuse(pending, statement, "its masks do not fit its columns");
        }
        steer(statement);
        return new Execution(talk, pending, portal, masks, simple, meaning).run(rows, syncFollows);
    }

    private CompletionStage<Boolean> refuse(PendingCommand pending, Statement statement, String reason) {
        return talk.abort()
                .thenCompose(undone -> Responses.end(
                        talk,
                        pending,
                        Finding.Unreadable.because(statement.kind().name(), reason)))
                .thenApply(shown -> false);
    }

    /** Forgets what the statement may change of the session's settings. */
    private void steer(Statement statement) {
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
