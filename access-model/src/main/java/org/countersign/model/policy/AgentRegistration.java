package org.countersign.model.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.model.session.Person;

/**
 * What two administrators agreed an agent is for.
 *
 * @param client the client id at the identity provider
 * @param owner lower-case user name of the person who answers for it, beside whoever its tokens name
 * @param agentClass such as {@code assistant}; for conditions
 * @param roles names of the only roles it may use, whatever else says that it holds more
 * @param expiresAt from when on it may do nothing
 * @param registeredBy who proposed to register it; empty for what filled an empty store
 * @param changedBy who proposed the registration in its present form; empty likewise
 */
public record AgentRegistration(
        String client,
        String owner,
        String agentClass,
        String purpose,
        String contact,
        Set<String> roles,
        Optional<Instant> expiresAt,
        Optional<Person> registeredBy,
        Optional<Person> changedBy) {
    public AgentRegistration {
        roles = Set.copyOf(roles);
    }

    /** A registration as it was first written. */
    public AgentRegistration(
            String client,
            String owner,
            String agentClass,
            String purpose,
            String contact,
            Set<String> roles,
            Optional<Instant> expiresAt,
            Optional<Person> author) {
        this(client, owner, agentClass, purpose, contact, roles, expiresAt, author, author);
    }

    /** Returns the same registration, with who wrote it first and last. */
    public AgentRegistration by(Optional<Person> first, Optional<Person> last) {
        return new AgentRegistration(client, owner, agentClass, purpose, contact, roles, expiresAt, first, last);
    }

    /** Those of its authors that are known. */
    public Set<Person> authors() {
        return Stream.concat(registeredBy.stream(), changedBy.stream()).collect(Collectors.toUnmodifiableSet());
    }

    public boolean expired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
}
