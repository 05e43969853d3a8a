package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;
import org.countersign.model.session.Principal;

/** The credentials there are. Needs a transaction. */
@ApplicationScoped
public class Credentials {
    @PersistenceContext(unitName = "countersign")
    @SuppressWarnings("NullAway.Init") // set by the container
    private EntityManager store;

    void add(CredentialEntity credential) {
        store.persist(credential);
    }

    /** @param user the whole user name, {@code principal#id} */
    Optional<CredentialEntity> byUser(String user) {
        String id = user.substring(user.lastIndexOf('#') + 1);
        return Optional.ofNullable(store.find(CredentialEntity.class, id))
                .filter(credential -> credential.username().equals(user));
    }

    long validOf(Principal principal, Instant now) {
        return store.createQuery(
                        "select count(c) from CredentialEntity c where c.issuer = :issuer and c.subject = :subject"
                                + " and c.expiresAt > :now",
                        Long.class)
                .setParameter("issuer", principal.issuer())
                .setParameter("subject", principal.subject())
                .setParameter("now", now)
                .getSingleResult();
    }

    int removeExpired(Instant now) {
        return store.createQuery("delete from CredentialEntity c where c.expiresAt <= :now")
                .setParameter("now", now)
                .executeUpdate();
    }
}
