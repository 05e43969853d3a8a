package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.ShapeDigest;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;

/**
 * What a statement of this form turned out to be when it was analysed last. It only predicts: the trees of the statement
 * that runs have to be of the same shape.
 *
 * @param shape of its trees, without the constants of its own text
 * @param catalog what its analysis rests on beside the trees
 * @param madeAtNanos when it was analysed, by {@link System#nanoTime}
 */
record Foresight(
        StatementKind kind,
        SqlAnalysis analysis,
        Optional<List<Column>> columns,
        String shape,
        CatalogAnswers catalog,
        long madeAtNanos) {
    /** Of a statement that was analysed; its analysis goes on under the shape, which others share. */
    static Foresight of(Statement statement, PrintedTrees trees) {
        String shape = ShapeDigest.of(trees.analysed(), trees.rewritten());
        return new Foresight(
                statement.kind(),
                statement.analysis().withTreeDigest("shape:" + shape),
                statement.columns(),
                shape,
                statement.catalog(),
                System.nanoTime());
    }

    /** The statement as it has to be; it is prepared under no name, only for this once. */
    Statement statement(String text) {
        return new Statement(text, kind, Optional.of(""), List.of(), columns, analysis, shape, false).resting(catalog);
    }

    /** Whether the target printed exactly the expected trees while it parsed the statement. */
    boolean shownBy(Round round, int parseAt, int limitBytes) {
        try {
            Optional<PrintedTrees> trees = PrintedTrees.of(round, parseAt, limitBytes, false);
            return trees.isPresent()
                    && shape.equals(
                            ShapeDigest.of(trees.get().analysed(), trees.get().rewritten()));
        } catch (PrintedTrees.ForgedException | IllegalArgumentException e) {
            return false;
        }
    }
}
