package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.Diagnostic;

/** A statement that was understood, and how it has to be run. Immutable. */
final class Statement {
    private static final Set<String> PARTS = Set.of("savepoint", "release savepoint");
    private static final Set<String> OPENING = Set.of("begin", "start transaction");
    private static final Action SELECT = Action.sql("select");
    private static final int FIRST_USER_TYPE = 16_384;

    private final String text;
    private final StatementKind kind;
    private final Optional<String> target;
    private final List<Integer> parameterTypes;
    private final Optional<List<Column>> columns;
    private final SqlAnalysis analysis;
    private final String digest;
    private final Optional<CopyPlan> copy;
    private final Optional<Diagnostic> mistake;
    private final CatalogAnswers catalog;
    private final boolean configures;
    private final boolean inert;
    private final boolean pureRead;
    private final boolean steers;

    /**
     * @param text exactly what the client sent
     * @param target its prepared statement on the target; empty when it never gets there
     * @param columns empty for a statement without result rows
     * @param digest of its trees; empty for a utility statement
     * @param configures whether its trees call what changes settings
     */
    Statement(
            String text,
            StatementKind kind,
            Optional<String> target,
            List<Integer> parameterTypes,
            Optional<List<Column>> columns,
            SqlAnalysis analysis,
            String digest,
            boolean configures) {
        this(
                text,
                kind,
                target,
                parameterTypes,
                columns,
                analysis,
                digest,
                configures,
                Optional.empty(),
                Optional.empty(),
                CatalogAnswers.NONE);
    }

    private Statement(
            String text,
            StatementKind kind,
            Optional<String> target,
            List<Integer> parameterTypes,
            Optional<List<Column>> columns,
            SqlAnalysis analysis,
            String digest,
            boolean configures,
            Optional<CopyPlan> copy,
            Optional<Diagnostic> mistake,
            CatalogAnswers catalog) {
        this.text = text;
        this.kind = kind;
        this.target = target;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.columns = columns.map(List::copyOf);
        this.analysis = analysis;
        this.digest = digest;
        this.copy = copy;
        this.mistake = mistake;
        this.catalog = catalog;
        this.configures = configures;
        inert = watched()
                && !configures
                && analysis.functions().isEmpty()
                && analysis.versions().isEmpty()
                && !analysis.effects().contains(Effect.EXECUTE)
                && this.parameterTypes.stream().allMatch(type -> type >= 0 && type < FIRST_USER_TYPE);
        pureRead = inert
                && !catalog.types()
                && analysis.effects().stream().allMatch(effect -> effect == Effect.READ)
                && analysis.accesses().stream()
                        .allMatch(access -> access.action().equals(SELECT));
        steers = !(watched() || kind instanceof StatementKind.CursorUse)
                || !analysis.functions().isEmpty()
                || configures;
    }

    /**
     * A COPY, which the gateway writes anew for the target.
     *
     * @param judged the statement that was analysed in its stead
     */
    static Statement copy(
            String text,
            String target,
            Statement judged,
            SqlAnalysis analysis,
            StatementKind.Copy kind,
            CopyPlan plan) {
        return new Statement(
                text,
                kind,
                Optional.of(target),
                List.of(),
                Optional.empty(),
                analysis,
                judged.digest(),
                judged.steers(),
                Optional.of(plan),
                Optional.empty(),
                judged.catalog);
    }

    /** A statement whose mistake is told when it is executed. */
    static Statement mistaken(String text, Diagnostic mistake) {
        return new Statement(
                text,
                new StatementKind.Refused("mistaken", ""),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                SqlAnalysis.harmless(),
                "",
                false,
                Optional.empty(),
                Optional.of(mistake),
                CatalogAnswers.NONE);
    }

    /** The same with what its analysis rests on beside its trees. */
    Statement resting(CatalogAnswers answers) {
        return new Statement(
                text, kind, target, parameterTypes, columns, analysis, digest, configures, copy, mistake, answers);
    }

    /** What its analysis rests on beside its trees. */
    CatalogAnswers catalog() {
        return catalog;
    }

    String text() {
        return text;
    }

    StatementKind kind() {
        return kind;
    }

    Optional<String> target() {
        return target;
    }

    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    Optional<List<Column>> columns() {
        return columns;
    }

    SqlAnalysis analysis() {
        return analysis;
    }

    String digest() {
        return digest;
    }

    /** What the target finds wrong with it when it runs. */
    Optional<Diagnostic> mistake() {
        return mistake;
    }

    /** How it runs when it is a COPY. */
    Optional<CopyPlan> copy() {
        return copy;
    }

    /** Whether the server prints its trees again when their meaning has changed. */
    boolean watched() {
        return kind instanceof StatementKind.Optimizable || kind instanceof StatementKind.Declare;
    }

    /** Whether executing it runs no code but the server's own, so that it can neither print trees nor change a setting. */
    boolean inert() {
        return inert;
    }

    /** What is known of its rows before the target is asked. */
    Estimate estimate() {
        if (watched() && target.isPresent()) {
            return Estimate.UNASKED;
        }
        boolean none = kind instanceof StatementKind.Explain explain && !explain.analyze()
                || analysis.effects().isEmpty();
        return none ? new Estimate.Rows(0) : new Estimate.Unknown("a statement of this kind has no plan to look at");
    }

    /** Whether it is proved to do nothing but read, without locking: it may run while its record is being written. */
    boolean pureRead() {
        return pureRead;
    }

    /** Whether nothing lasting comes of it alone: it may run while its record is being written. */
    boolean overlaps() {
        return pureRead
                || kind instanceof StatementKind.Show
                || kind instanceof StatementKind.TransactionControl control && !commits(control.name());
    }

    /** A statement without trees. */
    static Statement plain(
            String text,
            StatementKind kind,
            Optional<String> target,
            List<Integer> parameterTypes,
            Optional<List<Column>> columns,
            SqlAnalysis analysis) {
        return new Statement(text, kind, target, parameterTypes, columns, analysis, "", false);
    }

    /** Whether it may change a tracked setting. */
    boolean steers() {
        return steers;
    }

    /** Whether it may stay prepared for whoever sends the same text again. */
    boolean keepable() {
        return inert && kind instanceof StatementKind.Optimizable || kind instanceof StatementKind.TransactionControl;
    }

    /** Whether it may define something, or run code that does. */
    boolean defines() {
        return switch (kind) {
            case StatementKind.Optimizable o -> !inert;
            case StatementKind.Explain e -> e.analyze();
            case StatementKind.Copy c -> true;
            case StatementKind.Declare d -> !inert;
            case StatementKind.CursorUse u -> steers;
            case StatementKind.Prepare p -> false;
            case StatementKind.ExecutePrepared e -> false;
            case StatementKind.Utility u -> true;
            case StatementKind.TransactionControl t -> false;
            case StatementKind.Setting s -> false;
            case StatementKind.Show s -> false;
            case StatementKind.Emulated e -> false;
            case StatementKind.Refused r -> false;
        };
    }

    /** Whether what it means depends on the tracked settings. */
    boolean depends() {
        return switch (kind) {
            case StatementKind.Optimizable o -> true;
            case StatementKind.Explain e -> true;
            case StatementKind.Declare d -> true;
            case StatementKind.CursorUse u -> false;
            case StatementKind.Prepare p -> true;
            case StatementKind.ExecutePrepared e -> false;
            case StatementKind.Copy c -> true;
            case StatementKind.Utility u -> !u.mustBeFirst();
            case StatementKind.TransactionControl t -> false;
            case StatementKind.Setting s -> false;
            case StatementKind.Show s -> false;
            case StatementKind.Emulated e -> false;
            case StatementKind.Refused r -> false;
        };
    }

    /** Whether it may run in a failed transaction because it ends it. */
    boolean endsTransaction() {
        return kind instanceof StatementKind.TransactionControl control && ending(control.name());
    }

    /** Whether it begins a transaction without choosing its modes, or a part of one: no setting changes. */
    boolean opensPlainly() {
        return kind instanceof StatementKind.TransactionControl control
                && (PARTS.contains(control.name()) || OPENING.contains(control.name()) && plain(text));
    }

    /** Whether it begins a transaction with modes of its own: what is set for the transaction changes, nothing else. */
    boolean opensWithModes() {
        return kind instanceof StatementKind.TransactionControl control
                && OPENING.contains(control.name())
                && !plain(text);
    }

    private static boolean plain(String text) {
        String[] words = text.strip().split("\\s+", 4);
        return words.length == 1
                || words.length == 2 && (words[1].equalsIgnoreCase("transaction") || words[1].equalsIgnoreCase("work"));
    }

    private static boolean commits(String name) {
        return name.startsWith("commit") || name.startsWith("end");
    }

    static boolean ending(String name) {
        return name.startsWith("rollback") || name.startsWith("abort") || commits(name);
    }

    /** Whether it takes back a transaction or a part of one. */
    boolean undoes() {
        return kind instanceof StatementKind.TransactionControl control
                && (control.name().startsWith("rollback") || control.name().equals("abort"));
    }

    /** Whether transaction control of this name undoes a whole transaction. */
    static boolean undoing(String name) {
        return name.equals("rollback") || name.equals("abort");
    }

    /** Whether the target reads its text anew when it runs. */
    boolean reread() {
        return kind instanceof StatementKind.Explain || kind instanceof StatementKind.Copy || mistake.isPresent();
    }

    /** How many values one row has that comes back, in a result or in a copy. */
    int width() {
        return copy.map(CopyPlan::width).orElseGet(this::columnCount);
    }

    int columnCount() {
        return columns.map(List::size).orElse(0);
    }

    /** Text and names stay out of logs. */
    @Override
    public String toString() {
        return "Statement[" + kind.name() + "]";
    }
}
