package org.countersign.core.approval;

import java.util.Set;
import org.countersign.core.identity.AccountFacts;
import org.countersign.core.identity.Caller;
import org.countersign.model.session.Person;

/**
 * An approver who had somebody else decide in his place.
 *
 * @param facts what his latest token said
 * @param accounts every account of his
 */
record Delegator(AccountFacts facts, Set<Person> accounts) {
    Person person() {
        return facts.account();
    }

    Set<String> realmRoles() {
        return facts.realmRoles();
    }

    Set<String> groups() {
        return facts.groups();
    }

    /** To say what he could do himself. */
    Caller asIfCalling() {
        return facts.asIfCalling();
    }
}
