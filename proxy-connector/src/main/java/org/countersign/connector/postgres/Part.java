package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.connector.postgres.analysis.TextConstants;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskPlan;
import org.jspecify.annotations.Nullable;

/** One of several statements of a text. What it does may become known, or change, only after those before it ran. */
final class Part {
    private final Piece piece;
    private final StatementKind kind;
    private final int before;
    private final boolean last;
    private @Nullable Statement statement;
    private Talk.@Nullable Moment judged;
    private @Nullable MaskPlan masks;

    /** @param before characters of the whole text before it */
    Part(Piece piece, int before, boolean last) {
        this.piece = piece;
        this.kind = StatementKind.of(piece);
        this.before = before;
        this.last = last;
    }

    Piece piece() {
        return piece;
    }

    StatementKind kind() {
        return kind;
    }

    int before() {
        return before;
    }

    boolean last() {
        return last;
    }

    void understood(Statement as, Talk.Moment when) {
        statement = as;
        judged = when;
    }

    Optional<Statement> statement() {
        return Optional.ofNullable(statement);
    }

    /** Whether nothing that could change its meaning happened since it was understood. */
    boolean fresh(Talk.Moment now) {
        return judged != null
                && judged.settings() == now.settings()
                && !(kind instanceof StatementKind.CursorUse); // what has the name then
    }

    int columnCount() {
        return statement().map(Statement::width).orElse(0);
    }

    void allowed(MaskPlan shownUnder) {
        masks = shownUnder;
    }

    MaskPlan masks() {
        if (masks == null) {
            throw new IllegalStateException("it was not allowed");
        }
        return masks;
    }

    /**
     * What it would be as a command of its own; of one that is not understood yet only the text is known.
     *
     * @param reason where it gives none itself
     */
    SqlCommand command(List<String> settings, boolean inTransaction, Optional<String> reason) {
        return new SqlCommand(
                        kind.name(),
                        piece.text(),
                        List.of(),
                        statement().map(Statement::analysis).orElseGet(SqlAnalysis::harmless),
                        settings,
                        inTransaction)
                .withConstants(TextConstants.of(piece))
                .because(piece.reason().or(() -> reason))
                .estimated(statement()
                        .map(Statement::estimate)
                        .orElseGet(() -> new Estimate.Unknown("what it does is known only once those before it ran")));
    }
}
