package org.countersign.core.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Person;

/**
 * A change of policy that came into force.
 *
 * @param confirmer empty for the filling of an empty store
 * @param objects what it did to which objects
 * @param authorAccounts every account of the author when he proposed it; empty for what is older than this record
 */
public record PolicyChangeRow(
        long version,
        Instant at,
        String author,
        Optional<String> confirmer,
        String reason,
        String ticket,
        List<String> objects,
        Set<Person> authorAccounts,
        Set<Person> confirmerAccounts) {
    public PolicyChangeRow {
        objects = List.copyOf(objects);
        authorAccounts = Set.copyOf(authorAccounts);
        confirmerAccounts = Set.copyOf(confirmerAccounts);
    }

    public EvidenceRow.Proof proof() {
        if (confirmer.isEmpty()) {
            return EvidenceRow.Proof.NOBODY_DECIDED;
        }
        if (authorAccounts.isEmpty() || confirmerAccounts.isEmpty()) {
            return EvidenceRow.Proof.UNPROVED;
        }
        return Collections.disjoint(authorAccounts, confirmerAccounts)
                ? EvidenceRow.Proof.DISJOINT
                : EvidenceRow.Proof.SHARED;
    }
}
