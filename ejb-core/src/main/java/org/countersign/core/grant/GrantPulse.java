package org.countersign.core.grant;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import javax.management.NotCompliantMBeanException;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.recording.LiveSessions;
import org.countersign.model.policy.Grants;
import org.jboss.logging.Logger;

/**
 * Once a second, ends what has run out, and cancels what still runs on a grant that is over. A board without a policy
 * cancels all of it: nobody knows whether the grant still is.
 */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantPulse {
    private static final Logger LOG = Logger.getLogger(GrantPulse.class);

    @Inject
    private AccessGrants grants;

    @Inject
    private ActiveGrants active;

    @Inject
    private Standing standing;

    @Inject
    private PolicyBoard board;

    @Inject
    private LiveSessions live;

    @Inject
    private Clock clock;

    /** The version of the policy by which what it does not offer any more was ended. */
    private long heeded;

    private final GlassGauges gauges;

    private boolean storeAway;

    public GrantPulse() throws NotCompliantMBeanException {
        gauges = new GlassGauges();
    }

    @PostConstruct
    void start() {
        gauges.show();
    }

    @PreDestroy
    void stop() {
        gauges.hide();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "grant pulse")
    void beat() {
        Instant now = clock.instant();
        Grants known = board.current().map(snapshot -> snapshot.grants()).orElse(Grants.NONE);
        standing.without(grant -> over(known, grant, now)).forEach(command -> {
            LOG.infof("cancelled what stood on a grant that is over session=%s", command.session());
            live.cancel(command.session(), command.command());
        });
        try {
            grants.overdue(now).forEach(active::runOut);
            board.current().filter(snapshot -> snapshot.version() != heeded).ifPresent(snapshot -> {
                active.withdraw(snapshot);
                heeded = snapshot.version();
            });
            gauges.count(grants.unreviewed(), now);
            storeAway = false;
        } catch (RuntimeException e) {
            if (!storeAway) {
                LOG.warn("grants not looked after", e);
            }
            storeAway = true;
        }
    }

    /** What was used up by its command still carries it. */
    private static boolean over(Grants known, UUID grant, Instant now) {
        return known.find(grant)
                .filter(found -> found.end().isEmpty() && now.isBefore(found.endsAt()))
                .isEmpty();
    }
}
