package org.countersign.api;

import java.util.UUID;

/** Ids in addresses. */
final class Ids {
    private Ids() {}

    /** @throws ProblemException the same as for an id that does not exist */
    static UUID of(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ProblemException(Problems.notFound());
    }
}
