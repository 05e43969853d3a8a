package org.countersign.core.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Persons and agents of one issuer. */
public final class TestPrincipals {
    public static final String ISSUER = "http://issuer";

    private TestPrincipals() {}

    public static Principal person(String name, String... realmRoles) {
        return new Principal(
                ISSUER,
                "subject-of-" + name,
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(realmRoles),
                Set.of(),
                "countersign-portal",
                Optional.empty());
    }

    public static Principal agent(String name, String owner) {
        return agent(name, "subject-of-" + name, owner, Optional.empty(), List.of());
    }

    /** An agent with the token of a person, whose subject that has. */
    static Principal agentFor(String name, String owner, String person) {
        return agent(name, "subject-of-" + person, owner, Optional.of(new Person(ISSUER, person)), List.of());
    }

    static Principal agent(String name, String subject, String owner, Optional<Person> onBehalfOf, List<Actor> act) {
        return new Principal(
                ISSUER,
                subject,
                name,
                true,
                Optional.of(new Person(ISSUER, owner)),
                onBehalfOf,
                act,
                Set.of("admin"),
                Set.of(),
                name,
                Optional.empty());
    }

    static Caller caller(Principal principal) {
        return new Caller(principal, Instant.MAX);
    }
}
