package org.countersign.connector.postgres.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what one statement would do, in rounds: trees first, then what the catalog answers. Not thread-safe. */
public final class StatementAnalysis {
    private StatementAnalysis() {}

    /**
     * @param analysedTree the text of the tree the server printed after parse analysis
     * @param rewrittenTree the text of the list of trees it printed after rewriting
     * @param serverVersionNum such as 150004
     * @param resultLabels the names in the server's row description; empty for a statement without rows
     */
    public static StatementAnalysis of(
            StatementKind kind,
            String analysedTree,
            String rewrittenTree,
            int serverVersionNum,
            List<String> resultLabels) {
        return new StatementAnalysis();
    }

    public Progress progress() {
        return new Progress.Refused("the statement cannot be inspected");
    }

    /** @param rows the result of the question's query, each value as text */
    public void answer(CatalogQuestion question, List<List<@Nullable String>> rows) {}
}
