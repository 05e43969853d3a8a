package org.countersign.model.command;

import java.util.Set;
import java.util.TreeSet;

/** What an action is done to, by the name the target's own catalog gives it. */
public sealed interface Resource {
    /** The column name that stands for a whole row. */
    String WHOLE_ROW = "*";

    /** The text that permissions, records and people see: {@code public.orders}, {@code public.f(integer)}, {@code *}. */
    String name();

    /**
     * A table, view or other relation.
     *
     * @param name {@code schema.relation}, each part quoted as SQL quotes it
     * @param columns the columns the statement touches, {@link #WHOLE_ROW} for the row itself; empty when it only
     *     counts or deletes rows
     */
    record Relation(String name, Set<String> columns) implements Resource {
        public Relation {
            columns = Set.copyOf(columns);
        }

        @Override
        public String toString() {
            return columns.isEmpty() ? name : name + ".(" + String.join(",", new TreeSet<>(columns)) + ")";
        }
    }

    /**
     * A function.
     *
     * @param name {@code schema.name(argument types)}
     */
    record Routine(String name) implements Resource {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Everything of the target: a statement whose reach is not analysed. */
    record Everything() implements Resource {
        @Override
        public String name() {
            return "*";
        }

        @Override
        public String toString() {
            return "*";
        }
    }
}
