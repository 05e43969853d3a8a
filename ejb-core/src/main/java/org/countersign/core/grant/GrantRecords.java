package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was asked for and taken, for whoever may read everything. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantRecords {
    @Inject
    private AccessGrants grants;

    /** Those asked for or taken from one moment to another, the latest first; one more than the limit when there is a next page. */
    public List<GrantView> list(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> principal,
            Optional<String> target,
            Optional<String> after,
            int limit) {
        return grants.list(from, to, principal, target, after, limit).stream()
                .map(GrantEntity::view)
                .toList();
    }

    /** Those asked for, taken, in force or reviewed in a period, the latest first, at most so many. */
    public List<GrantView> between(Instant from, Instant to, int limit) {
        return grants.between(from, to, limit).stream().map(GrantEntity::view).toList();
    }
}
