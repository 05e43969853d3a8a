package org.countersign.connector.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;

/**
 * A statement that was understood.
 *
 * @param text exactly what the client sent
 * @param target its prepared statement on the target; empty when it never gets there
 * @param columns empty for a statement without result rows
 * @param digest of its trees; empty for a utility statement
 */
record Statement(
        String text,
        StatementKind kind,
        Optional<String> target,
        List<Integer> parameterTypes,
        Optional<List<Column>> columns,
        SqlAnalysis analysis,
        String digest) {
    private static final Set<String> OPENING = Set.of("begin", "start transaction", "savepoint", "release savepoint");

    /** Whether the server prints its trees again when their meaning has changed. */
    boolean watched() {
        return kind instanceof StatementKind.Optimizable;
    }

    /** Whether what it means depends on the tracked settings. */
    boolean depends() {
        return switch (kind) {
            case StatementKind.Optimizable o -> true;
            case StatementKind.Explain e -> true;
            case StatementKind.Utility u -> true;
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

    /** Whether it begins a transaction or a part of one, and changes nothing else. */
    boolean opensBlock() {
        return kind instanceof StatementKind.TransactionControl control && OPENING.contains(control.name());
    }

    static boolean ending(String name) {
        return name.startsWith("rollback")
                || name.startsWith("commit")
                || name.startsWith("abort")
                || name.startsWith("end");
    }

    int columnCount() {
        return columns.map(List::size).orElse(0);
    }
}
