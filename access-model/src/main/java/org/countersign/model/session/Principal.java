package org.countersign.model.session;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who acts, as a verified token said it. Two principals are the same when issuer and subject are.
 *
 * @param name a person's lower-case {@code preferred_username}, an agent's client id
 * @param agent whether the principal is not a person
 * @param owner the person who answers for an agent; empty for a person
 * @param onBehalfOf the person an agent acts for, where the token says so
 * @param act the {@code act} chain, outermost actor first
 * @param client the {@code azp} claim
 * @param task what it works on: the {@code task} claim, otherwise what its connection says
 */
public record Principal(
        String issuer,
        String subject,
        String name,
        boolean agent,
        Optional<Person> owner,
        Optional<Person> onBehalfOf,
        List<Actor> act,
        Set<String> realmRoles,
        Set<String> groups,
        String client,
        Optional<String> task) {
    public Principal {
        act = List.copyOf(act);
        realmRoles = Set.copyOf(realmRoles);
        groups = Set.copyOf(groups);
        if (agent && owner.isEmpty()) {
            throw new IllegalArgumentException("an agent has an owner");
        }
    }

    /** The same principal, at work on this task. */
    public Principal at(String task) {
        return new Principal(
                issuer, subject, name, agent, owner, onBehalfOf, act, realmRoles, groups, client, Optional.of(task));
    }

    /** Another agent with everything else that this token says. */
    public Principal under(String agent) {
        return new Principal(issuer, subject, agent, true, owner, onBehalfOf, act, realmRoles, groups, agent, task);
    }

    /** The same principal, with those of its realm roles and groups that are among these. */
    public Principal within(Set<String> realmRoles, Set<String> groups) {
        var roles = new HashSet<>(this.realmRoles);
        roles.retainAll(realmRoles);
        var memberOf = new HashSet<>(this.groups);
        memberOf.retainAll(groups);
        return new Principal(issuer, subject, name, agent, owner, onBehalfOf, act, roles, memberOf, client, task);
    }

    /** Returns whether both are one principal: the same subject of the same issuer. */
    public boolean same(Principal other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject);
    }

    /**
     * Returns the persons who answer for what this principal does; never empty. Links of the {@code act} chain count
     * under their names, so a person who hides behind an exchanged token is found.
     */
    public Set<Person> responsiblePersons() {
        var persons = new HashSet<Person>();
        if (!agent) {
            persons.add(new Person(issuer, name));
        }
        owner.ifPresent(persons::add);
        onBehalfOf.ifPresent(persons::add);
        act.forEach(actor -> persons.add(new Person(issuer, actor.name())));
        return Set.copyOf(persons);
    }
}
