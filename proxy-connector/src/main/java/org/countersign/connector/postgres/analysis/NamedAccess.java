package org.countersign.connector.postgres.analysis;

import java.util.Set;

/** An action on a relation that the statement itself names, before the catalog has given the names. */
record NamedAccess(String verb, long relation, Set<Integer> attributes) {
    NamedAccess {
        attributes = Set.copyOf(attributes);
    }
}
