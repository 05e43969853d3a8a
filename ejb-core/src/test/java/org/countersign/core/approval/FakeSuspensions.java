package org.countersign.core.approval;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.countersign.core.identity.Suspensions;
import org.countersign.model.session.Person;

/** Whoever a test suspends. */
final class FakeSuspensions extends Suspensions {
    final Set<Person> suspended = new HashSet<>();

    @Override
    public boolean anyOf(Collection<Person> accounts) {
        return accounts.stream().anyMatch(suspended::contains);
    }
}
