package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.wire.postgres.BackendMessage.Column;

/** Statements that need no target, and how a portal's rows are described. */
final class Statements {
    private static final String NOTHING = "nothing";

    private Statements() {}

    /** A text of nothing but comments. */
    static Statement empty(String sql) {
        return Statement.plain(
                sql,
                new StatementKind.Emulated(NOTHING),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                SqlAnalysis.harmless());
    }

    static boolean isEmpty(Statement statement) {
        return statement.kind().name().equals(NOTHING);
    }

    /** The statement's columns in the formats its Bind asked for. */
    static Optional<List<Column>> formatted(Portal portal) {
        if (portal.bind().resultFormats().isEmpty()) {
            return portal.statement().columns();
        }
        return portal.statement().columns().map(columns -> {
            var formatted = new ArrayList<Column>(columns.size());
            for (Column column : columns) {
                formatted.add(new Column(
                        column.name(),
                        column.tableOid(),
                        column.attribute(),
                        column.typeOid(),
                        column.typeSize(),
                        column.typeModifier(),
                        portal.format(formatted.size())));
            }
            return formatted;
        });
    }
}
