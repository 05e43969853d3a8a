package org.countersign.core.grant;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.countersign.model.policy.Grants;

/** Reads what is in force out of the store, for the board of the node, and ends what has run out. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ActiveGrants {
    @Inject
    private AccessGrants grants;

    @Inject
    private Clock clock;

    public Grants load() {
        return new Grants(
                grants.recent(clock.instant()).stream().map(GrantEntity::grant).toList());
    }

    /** Ends one grant if its time is over. */
    public void runOut(UUID id) {
        grants.lock(id).ifPresent(grant -> grant.runOut(clock.instant()));
    }
}
