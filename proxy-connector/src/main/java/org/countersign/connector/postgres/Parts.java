package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.SqlCommand;

/** The statements of one text. What they would do is found out before the first of them runs, as far as that is possible. */
final class Parts {
    private final Talk talk;
    private final PostgresCommands commands;
    private final String sql;
    private final boolean inTransaction;
    private final List<Part> all = new ArrayList<>();
    private Optional<Finding> mistake = Optional.empty();

    /** @param pieces at least two, of this text */
    Parts(Talk talk, PostgresCommands commands, String sql, List<Piece> pieces) {
        this.talk = talk;
        this.commands = commands;
        this.sql = sql;
        inTransaction = talk.inTransaction();
        int most = talk.session.surroundings().limits().maxBatchMessages();
        if (pieces.size() > most) {
            mistake = Optional.of(Finding.Unreadable.because("several", "it holds more than " + most + " statements"));
            return;
        }
        for (Piece piece : pieces) {
            all.add(new Part(piece, sql.codePointCount(0, piece.offset()), piece.equals(pieces.getLast())));
        }
    }

    List<Part> all() {
        return all;
    }

    /** Returns what keeps all of them from running, if anything does. */
    CompletionStage<Optional<Finding>> understand() {
        return Sequence.run(new ArrayDeque<>(all), this::understand).thenApply(readable -> mistake);
    }

    /** @return false when nothing may run at all */
    private CompletionStage<Boolean> understand(Part part) {
        if (inTransaction && followsSetTransaction(part)) {
            return CompletableFuture.completedStage(true); // its analysis would take the transaction's snapshot
        }
        return find(part).thenApply(finding -> {
            boolean stops = switch (finding) {
                case Finding.Understood understood -> {
                    part.understood(understood.statement(), talk.now());
                    yield false;
                }
                case Finding.Unreadable unreadable -> true;
                case Finding.Mistaken mistaken -> mistaken.unreadable();
            };
            if (stops || part == all.getFirst() && !(finding instanceof Finding.Understood)) {
                mistake = Optional.of(finding);
            }
            return !stops;
        });
    }

    private boolean followsSetTransaction(Part part) {
        return all.subList(0, all.indexOf(part)).stream()
                .anyMatch(earlier -> earlier.kind().name().equals("set transaction"));
    }

    /** What one of them would do now. */
    CompletionStage<Finding> find(Part part) {
        if (part.kind() instanceof StatementKind.ExecutePrepared) {
            return CompletableFuture.completedStage(Finding.Unreadable.because(
                    "execute", "EXECUTE is not followed among several statements; send it alone"));
        }
        return commands.understand(part.piece(), List.of()).thenApply(finding -> {
            Finding parameterless = NoParameters.finding(talk, part.piece(), finding);
            return switch (parameterless) {
                case Finding.Understood understood -> checked(understood);
                case Finding.Unreadable unreadable -> unreadable;
                case Finding.Mistaken mistaken -> mistaken.behind(part.before());
            };
        });
    }

    private Finding checked(Finding.Understood understood) {
        Statement statement = understood.statement();
        if (CommandRun.namesItsColumns(statement)) {
            return understood;
        }
        talk.leave(statement);
        return Finding.Unreadable.because(
                statement.kind().name(), "it returns columns that its analysis does not name");
    }

    /** All of them as one command. */
    CompletionStage<SqlCommand> command() {
        boolean depends = all.stream()
                .anyMatch(part -> part.statement().filter(Statement::depends).isPresent());
        return (depends ? talk.settings() : CompletableFuture.completedStage(List.<String>of())).thenApply(settings -> {
            List<SqlCommand> statements =
                    all.stream().map(part -> command(part, settings)).toList();
            return SqlCommand.several(sql, statements, settings, inTransaction);
        });
    }

    /** The same command with how many rows each of its statements would return or change. */
    CompletionStage<SqlCommand> estimated(SqlCommand several) {
        var pieces = new ArrayList<SqlCommand>();
        var estimating = new Estimating(talk);
        return Sequence.run(new ArrayDeque<>(all), part -> {
                    SqlCommand piece = several.pieces().get(pieces.size());
                    if (part.statement().isEmpty()) {
                        pieces.add(piece);
                        return CompletableFuture.completedStage(true);
                    }
                    Statement statement = part.statement().get();
                    return estimating.of(statement, commands.simple(statement)).thenApply(estimate -> {
                        pieces.add(piece.estimated(estimate));
                        return true;
                    });
                })
                .thenApply(done -> several.estimatedPieces(pieces));
    }

    /** One of them as a command of its own. */
    SqlCommand command(Part part, List<String> settings) {
        return part.command(settings, inTransaction, talk.reason.now());
    }

    /** What was prepared for them is needed no longer. */
    void discard() {
        all.forEach(part -> part.statement().ifPresent(talk::leave));
    }
}
