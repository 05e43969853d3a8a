package org.countersign.connector.postgres;

import java.util.List;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.wire.postgres.BackendMessage.Column;

/**
 * How an understood COPY runs.
 *
 * @param judged the prepared statement on the target that was analysed in its stead
 * @param columns of each row, in order
 */
record CopyPlan(StatementKind.Copy kind, String judged, List<Column> columns) {
    CopyPlan {
        columns = List.copyOf(columns);
    }

    /** How many values of a row come back. */
    int width() {
        return kind.in() ? 0 : columns.size();
    }
}
