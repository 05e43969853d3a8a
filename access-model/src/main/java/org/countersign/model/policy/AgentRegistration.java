package org.countersign.model.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.session.Person;

/**
 * What two administrators agreed an agent is for.
 *
 * @param client the client id at the identity provider
 * @param owner lower-case user name of the person who answers for it, beside whoever its tokens name
 * @param agentClass such as {@code assistant}; for conditions
 * @param roles names of the only roles it may use, whatever else says that it holds more
 * @param expiresAt from when on it may do nothing
 * @param changedBy who proposed the registration in its present form; empty for what filled an empty store
 */
public record AgentRegistration(
        String client,
        String owner,
        String agentClass,
        String purpose,
        String contact,
        Set<String> roles,
        Optional<Instant> expiresAt,
        Optional<Person> changedBy) {
    public AgentRegistration {
        roles = Set.copyOf(roles);
    }

    /** Returns the same registration, with who wrote it. */
    public AgentRegistration changedBy(Person person) {
        return new AgentRegistration(
                client, owner, agentClass, purpose, contact, roles, expiresAt, Optional.of(person));
    }

    public boolean expired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
}
