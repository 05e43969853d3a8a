package org.countersign.connector.postgres.analysis;

import java.util.List;
import org.countersign.model.command.SqlAnalysis;

/** How far an analysis has come. */
public sealed interface Progress {
    /** Answer each of these, then ask again. Never empty. */
    record Needs(List<CatalogQuestion> questions) implements Progress {
        public Needs {
            questions = List.copyOf(questions);
        }
    }

    record Done(SqlAnalysis analysis) implements Progress {}

    /** The statement cannot be inspected; the reason is written for the person who sent it. */
    record Refused(String reason) implements Progress {}
}
