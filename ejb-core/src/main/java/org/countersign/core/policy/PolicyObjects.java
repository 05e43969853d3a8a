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

    /** Who proposed each object as it is now; without those that filled the empty store. */
    Map<Manifest.Key, Person> authors() {
        var authors = new HashMap<Manifest.Key, Person>();
        store.createQuery(
                        "select x, c from PolicyObjectEntity x join ChangeEntity c on c.version = x.version",
                        Object[].class)
                .getResultStream()
                .forEach(row -> ((ChangeEntity) row[1])
                        .author()
                        .person()
                        .ifPresent(person -> authors.put(((PolicyObjectEntity) row[0]).key(), person)));
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
