package org.countersign.core.policy;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Closes proposals that nobody confirmed in time, once a minute; until then a confirmation is refused just the same. */
@Singleton
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class ChangeExpiry {
    private static final Logger LOG = Logger.getLogger(ChangeExpiry.class);

    @Inject
    private PolicyService policies;

    @Schedule(hour = "*", minute = "*", second = "15", persistent = false, info = "change expiry")
    void beat() {
        try {
            long expired = policies.expire();
            if (expired > 0) {
                LOG.infof("changes expired unconfirmed count=%d", expired);
            }
        } catch (RuntimeException e) {
            LOG.warnf("changes not expired, tried again in a minute cause=%s", e);
        }
    }
}
