package org.countersign.core.approval;

import java.util.Set;
import org.countersign.model.session.Person;

/**
 * An approver who had somebody else decide in his place, as the latest token of his said.
 *
 * @param accounts every account of his
 */
record Delegator(Person person, Set<Person> accounts, Set<String> realmRoles, Set<String> groups) {}
