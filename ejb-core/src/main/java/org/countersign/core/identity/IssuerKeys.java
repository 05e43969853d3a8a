package org.countersign.core.identity;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, remembered. Known keys go on working while the issuer is away; an unknown id makes them be fetched
 * again, but not more often than {@link #PAUSE}, so nobody can make us flood the issuer. Safe for all threads.
 */
final class IssuerKeys {
    static final Duration REFRESH_AFTER = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(1);
    static final Duration FORGET_AFTER = Duration.ofHours(24);
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    private final IssuerDocuments documents;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant notBefore = Instant.MIN;

    private record Known(Map<String, JWK> keys, Instant fetchedAt) {}

    IssuerKeys(IssuerDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * Returns the key of this id. May block for some seconds.
     *
     * @return empty when the issuer has no such key
     */
    Optional<JWK> find(String id) throws IdentityProviderUnreachableException {
        Known before = known;
        if (before == null || !before.keys().containsKey(id)) {
            fetching.lock();
            try {
                if (known == before) {
                    fetch();
                }
            } finally {
                fetching.unlock();
            }
        } else if (older(before, REFRESH_AFTER) && fetching.tryLock()) {
            try {
                fetch();
            } finally {
                fetching.unlock();
            }
        }
        Known now = known;
        if (now == null || older(now, FORGET_AFTER)) {
            throw new IdentityProviderUnreachableException();
        }
        return Optional.ofNullable(now.keys().get(id));
    }

    private boolean older(Known some, Duration age) {
        return some.fetchedAt().plus(age).isBefore(clock.instant());
    }

    private void fetch() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            known = new Known(documents.keys(), now);
            notBefore = now.plus(PAUSE);
        } catch (IOException e) {
            notBefore = now.plus(known == null ? PAUSE_WITHOUT_KEYS : PAUSE);
            LOG.warnf("identity provider gives no keys reason=%s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
