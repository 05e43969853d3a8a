package org.countersign.core.store;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Asks the store for the time, every second. One that does not answer changes nothing. */
@Singleton
@Startup
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class StoreClockPulse {
    private static final String MICROS = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    private static final Duration NOTEWORTHY = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(StoreClockPulse.class);

    @PersistenceContext(unitName = "countersign")
    private EntityManager store;

    @Inject
    private StoreClock clock;

    private final AtomicBoolean apart = new AtomicBoolean();

    @PostConstruct
    void start() {
        beat();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "store clock")
    void beat() {
        try {
            long asked = clock.asking();
            var micros = (Number) store.createNativeQuery(MICROS).getSingleResult();
            Duration ahead = clock.answered(asked, Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS));
            boolean noteworthy = ahead.abs().compareTo(NOTEWORTHY) > 0;
            if (apart.getAndSet(noteworthy) != noteworthy) {
                LOG.warnf("this machine's clock and the store's, which counts ahead=%s", ahead);
            }
        } catch (RuntimeException e) {
            LOG.debug("store not asked for the time", e);
        }
    }
}
