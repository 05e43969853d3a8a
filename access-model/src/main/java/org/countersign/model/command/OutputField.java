package org.countersign.model.command;

import java.util.Set;

/**
 * One column that comes back.
 *
 * @param label the name the client sees
 * @param sources every base field whose values it may carry, closed over views, materialized views, partitions,
 *     inheritance and generated columns
 */
public record OutputField(String label, Set<FieldName> sources) {
    public OutputField {
        sources = Set.copyOf(sources);
    }
}
