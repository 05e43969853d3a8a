package org.countersign.core.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.session.Person;

/** Delegations in memory. */
final class FakeDelegations extends Delegations {
    private final List<DelegationEntity> all = new ArrayList<>();

    @Override
    void add(DelegationEntity delegation) {
        all.add(delegation);
    }

    @Override
    List<DelegationEntity> to(Person delegate, Instant now) {
        return all.stream()
                .filter(delegation ->
                        delegation.active(now) && delegation.delegate().equals(delegate))
                .toList();
    }

    @Override
    List<DelegationEntity> from(Collection<Person> delegator, Instant now) {
        return all.stream()
                .filter(delegation -> delegation.active(now) && delegator.contains(delegation.delegator()))
                .toList();
    }

    @Override
    Optional<DelegationEntity> lock(UUID id) {
        return all.stream()
                .filter(delegation -> delegation.view(Instant.EPOCH).id().equals(id))
                .findFirst();
    }
}
