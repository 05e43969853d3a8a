package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** What was asked for and taken, for whoever may read everything. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantRecords {
    @Inject
    private AccessGrants grants;

    /** Those asked for or taken in a period, the latest first, at most so many. */
    public List<GrantView> between(Instant from, Instant to, int limit) {
        return grants.between(from, to, limit).stream().map(GrantEntity::view).toList();
    }
}
