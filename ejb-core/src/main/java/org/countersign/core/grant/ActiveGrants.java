package org.countersign.core.grant;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.PolicySnapshot;
import org.jboss.logging.Logger;

/** Reads what is in force out of the store, for the board of the node, and ends what has run out. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ActiveGrants {
    private static final Logger LOG = Logger.getLogger(ActiveGrants.class);

    @Inject
    private AccessGrants grants;

    @Inject
    private Clock clock;

    public ActiveGrants() {}

    ActiveGrants(AccessGrants grants, Clock clock) {
        this.grants = grants;
        this.clock = clock;
    }

    public Grants load() {
        return new Grants(
                grants.recent(clock.instant()).stream().map(GrantEntity::grant).toList());
    }

    /** Ends what this policy does not offer any more. */
    public void withdraw(PolicySnapshot snapshot) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (GrantEntity grant : grants.lockActive()) {
            if (!Grounds.offered(grant, snapshot, grant.principal()) && grant.withdraw(now)) {
                LOG.infof(
                        "ended, because the policy does not offer it any more grant=%s principal=%s policy=%d",
                        grant.view().name(), grant.principal().name(), snapshot.version());
            }
        }
    }

    /** Ends one grant if its time is over. */
    public void runOut(UUID id) {
        grants.lock(id).ifPresent(grant -> grant.runOut(clock.instant()));
    }
}
