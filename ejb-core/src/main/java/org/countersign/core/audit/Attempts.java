package org.countersign.core.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.countersign.core.store.Listing;
import org.countersign.model.session.Principal;

/** The refused attempts. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Attempts {
    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    @Inject
    private Clock clock;

    /**
     * Keeps an attempt in the transaction of the refusal, which has to be one that commits: a second transaction would
     * want a second connection while the first waits in a queue for the same row.
     */
    public void note(Principal who, Attempt attempt, String object, String reason, String message) {
        store.persist(new AttemptEntity(
                who, attempt, object, reason, message, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** Returns one more than the limit when there is a next page. */
    List<AttemptEntity> list(EvidenceFilter filter) {
        return new Listing<>(AttemptEntity.class, "at")
                .equal("name", filter.principal())
                .between(filter.period().from(), filter.period().to())
                .after(filter.after())
                .read(store, filter.limit());
    }
}
