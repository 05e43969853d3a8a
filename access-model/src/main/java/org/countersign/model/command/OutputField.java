package org.countersign.model.command;

import java.util.Set;

/**
 * One column that comes back.
 *
 * @param label the name the client sees
 * @param sources every base field whose values it may carry, closed over views, materialized views, partitions,
 *     inheritance and generated columns
 * @param content in what form
 */
public record OutputField(String label, Set<FieldName> sources, Content content) {
    /** What one value of a column is. */
    public enum Content {
        /** The value of one field, as it is stored, or a copy of it. */
        FIELD,
        /** As stored, of one field or another, or something else beside them. */
        SEVERAL,
        /** The result of a computation: nothing of its form, nor whether there is one, is that of a field. */
        COMPUTED
    }

    public OutputField {
        sources = Set.copyOf(sources);
    }

    /** The value of a field. */
    public OutputField(String label, Set<FieldName> sources) {
        this(label, sources, Content.FIELD);
    }
}
