package org.countersign.connector.postgres;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Effect;

/**
 * Whether a statement still means what it meant when it was analysed. The target shows a changed tree at every Bind; what
 * no tree shows is found out here: a function whose body was replaced, a trigger that was added, and everything about an
 * EXPLAIN, whose inner statement the target reads anew without showing it.
 */
final class Meaning {
    private final Talk talk;
    private final PostgresCommands commands;

    Meaning(Talk talk, PostgresCommands commands) {
        this.talk = talk;
        this.commands = commands;
    }

    /** Whether a change of meaning could stay out of the trees. */
    static boolean hidden(Statement statement) {
        return statement.kind() instanceof StatementKind.Explain
                || statement.copy().filter(plan -> plan.kind().in()).isPresent()
                || !statement.analysis().versions().isEmpty();
    }

    /** Whether something beside its trees makes up what it does: triggers and cascades of what it writes. */
    static boolean reaches(Statement statement) {
        return hidden(statement) || statement.analysis().effects().stream().anyMatch(effect -> effect != Effect.READ);
    }

    /** Analyses it again; where that is not possible now, the answer is no if the trees could hide a change. */
    CompletionStage<Boolean> unchanged(Statement statement) {
        if (!statement.watched() && !statement.reread()) {
            return CompletableFuture.completedStage(true);
        }
        if (!Aside.possible(talk)) {
            return CompletableFuture.completedStage(!hidden(statement));
        }
        return anew(statement)
                .thenApply(finding ->
                        finding instanceof Finding.Understood again && sameAgain(statement, again.statement()));
    }

    /** What the statement means now. */
    CompletionStage<Finding> anew(Statement statement) {
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(statement.text());
        } catch (LexException e) {
            return CompletableFuture.completedStage(LexErrors.finding(e, statement.text()));
        }
        if (pieces.size() != 1) {
            throw new IllegalStateException("a prepared statement is one statement");
        }
        return talk.cancellation.shield(() -> commands.analyse(pieces.getFirst(), statement.parameterTypes()));
    }

    /** Analyses a statement again that may have changed since. */
    CompletionStage<Boolean> current(Prepared prepared) {
        if (prepared.changed() || !prepared.stale(talk.now()) || talk.inFailedTransaction()) {
            return CompletableFuture.completedStage(!prepared.changed());
        }
        if (!Aside.possible(talk)) {
            // holds for this execution alone: the statement stays stale and is looked at again when that is possible
            return CompletableFuture.completedStage(!hidden(prepared.statement()));
        }
        return unchanged(prepared.statement()).thenApply(same -> {
            prepared.judgedAgain(same, talk.now());
            return same;
        });
    }

    private boolean sameAgain(Statement before, Statement now) {
        talk.leave(now);
        return same(before, now);
    }

    static boolean same(Statement before, Statement now) {
        return now.analysis().equals(before.analysis())
                && now.digest().equals(before.digest())
                && now.columns().equals(before.columns());
    }
}
