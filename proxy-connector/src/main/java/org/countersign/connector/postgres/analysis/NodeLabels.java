package org.countersign.connector.postgres.analysis;

import java.util.Map;

/** PostgreSQL 14 abbreviates the labels of some nodes; 15 and later print the names of their structures. */
final class NodeLabels {
    private static final Map<String, String> ABBREVIATED = Map.of(
            "ARRAY", "ARRAYEXPR",
            "CASE", "CASEEXPR",
            "COALESCE", "COALESCEEXPR",
            "COLLATE", "COLLATEEXPR",
            "MINMAX", "MINMAXEXPR",
            "ROW", "ROWEXPR",
            "ROWCOMPARE", "ROWCOMPAREEXPR",
            "RTE", "RANGETBLENTRY",
            "WHEN", "CASEWHEN");

    private NodeLabels() {}

    static String full(String label) {
        return ABBREVIATED.getOrDefault(label, label);
    }
}
