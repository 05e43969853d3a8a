package org.countersign.core.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.session.Person;

/** The objects in force and their version. Needs a transaction. */
@ApplicationScoped
public class PolicyObjects {
    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    long version() {
        return store.createQuery("select x.version from PolicyVersionEntity x", Long.class)
                .getSingleResult();
    }

    /** Keeps changes out until the transaction ends: version and objects then belong together. */
    PolicyVersionEntity steady() {
        return locked(LockModeType.PESSIMISTIC_READ);
    }

    /** Makes every other change wait until the transaction ends. */
    PolicyVersionEntity lock() {
        return locked(LockModeType.PESSIMISTIC_WRITE);
    }

    private PolicyVersionEntity locked(LockModeType mode) {
        return Optional.ofNullable(store.find(PolicyVersionEntity.class, PolicyVersionEntity.ONLY, mode))
                .orElseThrow(() -> new IllegalStateException("the store has no policy version: is it migrated?"));
    }

    Map<Manifest.Key, String> documents() {
        var documents = new HashMap<Manifest.Key, String>();
        all().forEach(object -> documents.put(object.key(), object.document()));
        return documents;
    }

    /** Who proposed the agents' registrations; without those that filled the empty store. */
    Map<Manifest.Key, Authors> authors() {
        var first = new HashMap<Manifest.Key, Optional<Person>>();
        store.createQuery(
                        "select e.name, c.author from ChangeEntity c join c.entries e where c.state = :confirmed"
                                + " and e.kind = :agent and e.action = :create order by c.version",
                        Object[].class)
                .setParameter("confirmed", ChangeEntity.State.CONFIRMED)
                .setParameter("agent", ManifestKind.AGENT.label())
                .setParameter("create", DiffEntry.CREATE)
                .getResultStream()
                .forEach(row -> first.put(
                        new Manifest.Key(ManifestKind.AGENT, (String) row[0]), ((ChangeAuthor) row[1]).person()));
        var authors = new HashMap<Manifest.Key, Authors>();
        store.createQuery(
                        "select x, c.author from PolicyObjectEntity x join ChangeEntity c on c.version = x.version"
                                + " where x.id.kind = :agent",
                        Object[].class)
                .setParameter("agent", ManifestKind.AGENT.label())
                .getResultStream()
                .forEach(row -> {
                    Manifest.Key key = ((PolicyObjectEntity) row[0]).key();
                    authors.put(
                            key,
                            new Authors(first.getOrDefault(key, Optional.empty()), ((ChangeAuthor) row[1]).person()));
                });
        return authors;
    }

    /** Writes the outcome of a change. */
    void apply(List<DiffEntry> diff, long version) {
        var objects = new HashMap<Manifest.Key, PolicyObjectEntity>();
        all().forEach(object -> objects.put(object.key(), object));
        for (DiffEntry entry : diff) {
            var key = entry.key();
            PolicyObjectEntity object = objects.get(key);
            if (entry.removes() && object != null) {
                store.remove(object);
            } else if (object != null) {
                object.replace(entry.after(), version);
            } else {
                store.persist(new PolicyObjectEntity(key, entry.after(), version));
            }
        }
    }

    private List<PolicyObjectEntity> all() {
        return store.createQuery("select x from PolicyObjectEntity x", PolicyObjectEntity.class)
                .getResultList();
    }
}
