package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/** Everybody who ever opened a session, as he was the last time. Needs a transaction. */
@ApplicationScoped
public class Principals {
    private static final int MAX_AGENTS = 10_000;
    private static final int MAX_KEYS = 500;

    /**
     * An agent that was here.
     *
     * @param owner the user name its latest token says
     * @param firstSeen at the earliest when that began to be kept
     */
    public record SeenAgent(String client, String owner, Instant firstSeen, Instant lastSeen) {
        /** The same agent, which has several subjects when it acts for several persons. */
        SeenAgent since(Instant earlier) {
            return earlier.isBefore(firstSeen) ? new SeenAgent(client, owner, earlier, lastSeen) : this;
        }
    }

    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    /**
     * Notes that the principal is here.
     *
     * @throws AccessRefusedException when an agent's owner is known to be an agent itself
     */
    public void admit(Principal principal, Instant now) throws AccessRefusedException {
        if (principal.owner().isPresent() && knownAgent(principal.owner().get())) {
            throw TokenVerifier.refused(
                    "The owner of the agent " + principal.name() + " is not a person.",
                    "Ask whoever runs the identity provider.");
        }
        // one statement: two sessions of one principal may open at once
        store.createNativeQuery(
                        "insert into principal (issuer, subject, name, agent, owner, last_seen, claims, first_seen)"
                                + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6) on conflict (issuer, subject) do update set"
                                + " name = excluded.name, agent = excluded.agent, owner = excluded.owner,"
                                + " last_seen = greatest(principal.last_seen, excluded.last_seen), claims = excluded.claims")
                .setParameter(1, principal.issuer())
                .setParameter(2, key(principal))
                .setParameter(3, principal.name())
                .setParameter(4, principal.agent())
                .setParameter(5, principal.owner().map(Person::name).orElse(""))
                .setParameter(6, java.sql.Timestamp.from(now))
                .setParameter(7, PrincipalJson.of(principal))
                .executeUpdate();
        // the row above is locked by now: nobody else writes these
        store.createNativeQuery("delete from principal_person where issuer = ?1 and subject = ?2")
                .setParameter(1, principal.issuer())
                .setParameter(2, key(principal))
                .executeUpdate();
        principal
                .responsiblePersons()
                .forEach(person -> store.createNativeQuery("insert into principal_person values (?1, ?2, ?3, ?4)")
                        .setParameter(1, principal.issuer())
                        .setParameter(2, key(principal))
                        .setParameter(3, person.issuer())
                        .setParameter(4, person.name())
                        .executeUpdate());
    }

    /** Returns the subject that last signed in under this name, itself and not for somebody else. */
    Optional<String> subjectOf(String issuer, String lowerCaseName) {
        return store.createQuery(
                        "select p from PrincipalEntity p where p.id.issuer = :issuer and lower(p.name) = :name"
                                + " order by p.lastSeen desc",
                        PrincipalEntity.class)
                .setParameter("issuer", issuer)
                .setParameter("name", lowerCaseName)
                .getResultStream()
                .flatMap(known -> known.ownSubject().stream())
                .findFirst();
    }

    /** Returns the agents that opened a session, as they were the last time, by client id; at most 10,000 entries. */
    public Map<String, SeenAgent> agents(String issuer) {
        var agents = new HashMap<String, SeenAgent>();
        store.createQuery(
                        "select p from PrincipalEntity p where p.agent = true and p.id.issuer = :issuer"
                                + " order by p.lastSeen desc",
                        PrincipalEntity.class)
                .setParameter("issuer", issuer)
                .setMaxResults(MAX_AGENTS)
                .getResultStream()
                .map(PrincipalEntity::agent)
                .forEach(agent ->
                        agents.merge(agent.client(), agent, (latest, other) -> latest.since(other.firstSeen())));
        return agents;
    }

    /** Returns who answers for this principal today: the persons of its own token and the owner of its latest one. */
    public Set<Person> responsibleNow(Principal principal) {
        var persons = new HashSet<>(principal.responsiblePersons());
        PrincipalEntity known =
                store.find(PrincipalEntity.class, new PrincipalEntity.Id(principal.issuer(), key(principal)));
        if (known != null) {
            known.owner().ifPresent(persons::add);
        }
        return persons;
    }

    /** Returns the owner that the latest token of each of these agents names; nothing for a person. */
    public Map<Principal, Person> ownersNow(Set<Principal> some) {
        var byKey = new HashMap<PrincipalEntity.Id, Person>();
        List<String> keys = some.stream().map(Principals::key).distinct().toList();
        for (int from = 0; from < keys.size(); from += MAX_KEYS) {
            store.createQuery(
                            "select p from PrincipalEntity p where p.agent = true and p.id.subject in :keys",
                            PrincipalEntity.class)
                    .setParameter("keys", keys.subList(from, Math.min(from + MAX_KEYS, keys.size())))
                    .getResultStream()
                    .forEach(known -> known.owner().ifPresent(owner -> byKey.put(known.id(), owner)));
        }
        var owners = new HashMap<Principal, Person>();
        some.forEach(who -> Optional.ofNullable(byKey.get(new PrincipalEntity.Id(who.issuer(), key(who))))
                .ifPresent(owner -> owners.put(who, owner)));
        return owners;
    }

    /** Returns whom the latest tokens of the agents of this lower-case name called their owners. */
    public Set<Person> ownersOf(String issuer, String agent) {
        return store.createQuery(
                        "select p from PrincipalEntity p where p.agent = true and p.id.issuer = :issuer"
                                + " and lower(p.name) = :name",
                        PrincipalEntity.class)
                .setParameter("issuer", issuer)
                .setParameter("name", agent)
                .getResultStream()
                .flatMap(known -> known.owner().stream())
                .collect(Collectors.toSet());
    }

    /** An agent that acts for a person has that person's subject; it is noted beside him, not over him. */
    private static String key(Principal principal) {
        return principal.onBehalfOf().isPresent() || !principal.act().isEmpty()
                ? principal.subject() + " " + principal.name()
                : principal.subject();
    }

    /** Returns whether an agent was here under this name. */
    public boolean knownAgent(Person owner) {
        return store.createQuery(
                                "select count(p) from PrincipalEntity p where p.agent = true"
                                        + " and p.id.issuer = :issuer and lower(p.name) = :name",
                                Long.class)
                        .setParameter("issuer", owner.issuer())
                        .setParameter("name", owner.name())
                        .getSingleResult()
                > 0;
    }
}
