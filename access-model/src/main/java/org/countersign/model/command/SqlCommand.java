package org.countersign.model.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One SQL statement as the target's own analysis understood it, or several that were sent together.
 *
 * @param analysis what the statement would do; of several what all of them would
 * @param settings the session settings that change its meaning, {@code name=value}, sorted
 * @param pieces the statements of a text that holds several, in order; empty for one statement
 * @param constants texts in it that could be what a mask shows
 * @param reason why it is sent: of several statements what they say, in order
 * @param estimate of its rows; of several statements of all of them
 */
public record SqlCommand(
        String kind,
        String text,
        List<Parameter> parameters,
        SqlAnalysis analysis,
        List<String> settings,
        boolean inTransaction,
        List<SqlCommand> pieces,
        List<String> constants,
        Optional<String> reason,
        Estimate estimate)
        implements Command {
    /** The type of the parameter that says which data a COPY copies in: rows, bytes and their SHA-256. */
    public static final String COPIED_DATA = "copy data";

    private static final Action COPY_IN = Action.sql("copy-in");

    public SqlCommand {
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
        pieces = List.copyOf(pieces);
        constants = List.copyOf(constants);
    }

    /** One whose rows nobody has asked about. */
    public SqlCommand(
            String kind,
            String text,
            List<Parameter> parameters,
            SqlAnalysis analysis,
            List<String> settings,
            boolean inTransaction,
            List<SqlCommand> pieces,
            List<String> constants,
            Optional<String> reason) {
        this(kind, text, parameters, analysis, settings, inTransaction, pieces, constants, reason, Estimate.UNASKED);
    }

    /** One statement. */
    public SqlCommand(
            String kind,
            String text,
            List<Parameter> parameters,
            SqlAnalysis analysis,
            List<String> settings,
            boolean inTransaction) {
        this(kind, text, parameters, analysis, settings, inTransaction, List.of(), List.of(), Optional.empty());
    }

    /** The same with these constants. */
    public SqlCommand withConstants(List<String> constants) {
        return new SqlCommand(
                kind, text, parameters, analysis, settings, inTransaction, pieces, constants, reason, estimate);
    }

    /** The same, sent for this reason. */
    public SqlCommand because(Optional<String> why) {
        return new SqlCommand(
                kind, text, parameters, analysis, settings, inTransaction, pieces, constants, why, estimate);
    }

    @Override
    public SqlCommand estimated(Estimate found) {
        return new SqlCommand(
                kind,
                text,
                parameters,
                analysis,
                settings,
                inTransaction,
                pieces.stream().map(piece -> piece.estimated(found)).toList(),
                constants,
                reason,
                found);
    }

    /** The same statements with what is known of the rows of each. */
    public SqlCommand estimatedPieces(List<SqlCommand> estimated) {
        return new SqlCommand(
                kind,
                text,
                parameters,
                analysis,
                settings,
                inTransaction,
                estimated,
                constants,
                reason,
                Estimate.together(estimated.stream().map(SqlCommand::estimate).toList()));
    }

    /**
     * The statements of one text as one command.
     *
     * @param text as it was sent, with all that stands between the statements
     * @param pieces at least two
     */
    public static SqlCommand several(
            String text, List<SqlCommand> pieces, List<String> settings, boolean inTransaction) {
        return new SqlCommand(
                pieces.stream().map(SqlCommand::kind).distinct().collect(Collectors.joining("; ")),
                text,
                List.of(),
                SqlAnalysis.together(pieces.stream().map(SqlCommand::analysis).toList()),
                settings,
                inTransaction,
                pieces,
                List.of(),
                together(pieces),
                Estimate.together(pieces.stream().map(SqlCommand::estimate).toList()));
    }

    private static Optional<String> together(List<SqlCommand> pieces) {
        List<String> reasons = pieces.stream()
                .flatMap(piece -> piece.reason().stream())
                .distinct()
                .toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    @Override
    public List<Access> accesses() {
        return analysis.accesses();
    }

    @Override
    public Set<Effect> effects() {
        return analysis.effects();
    }

    @Override
    public List<String> functions() {
        return analysis.functions();
    }

    @Override
    public boolean hasPredicate() {
        return analysis.hasPredicate();
    }

    @Override
    public List<Command> parts() {
        return pieces.isEmpty() ? List.of(this) : List.copyOf(pieces);
    }

    @Override
    public List<OutputField> outputs() {
        return analysis.outputs();
    }

    @Override
    public Set<FieldName> examined() {
        return analysis.examined();
    }

    @Override
    public Set<FieldName> moved() {
        return analysis.moved();
    }

    @Override
    public Set<FieldName> written() {
        return analysis.written();
    }

    @Override
    public boolean bindable() {
        return parameters.stream().anyMatch(parameter -> parameter.type().equals(COPIED_DATA))
                || accesses().stream().noneMatch(access -> access.action().equals(COPY_IN));
    }

    /** Text and values stay out of logs. */
    @Override
    public String toString() {
        return "SqlCommand[" + kind + "]";
    }
}
