package org.countersign.connector.postgres.analysis;

import java.util.Set;

/**
 * Where a value comes from when it is only passed on: through subqueries, views, joins, common tables and set operations.
 *
 * @param fields the stored fields it may be
 * @param constants whether it may also be something that is no field
 * @param computed whether it may be the result of a computation; nothing else counts then
 */
record Origin(Set<Column> fields, boolean constants, boolean computed) {
    Origin {
        fields = Set.copyOf(fields);
    }

    /** Whether it always is the value of one and the same field. */
    boolean oneField() {
        return !computed && !constants && fields.size() == 1;
    }
}
