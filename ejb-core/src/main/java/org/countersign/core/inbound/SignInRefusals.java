package org.countersign.core.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;

/**
 * Keeps who wanted to open a session by a proof that was good once: a suspended one, one that the identity provider has
 * revoked, an agent whose secret was rotated. Programs try again and again; each reason is kept once a minute. Needs a
 * transaction. Safe for all threads.
 */
@ApplicationScoped
public class SignInRefusals {
    private static final int MAX_REMEMBERED = 1_000;
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    @Inject
    private Attempts attempts;

    @Inject
    private Clock clock;

    private final Map<Said, Instant> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, Instant> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Said(String issuer, String name, String message) {}

    public SignInRefusals() {}

    SignInRefusals(Attempts attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    void note(Principal who, String target, AccessRefusedException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (due(new Said(who.issuer(), who.name(), message))) {
            attempts.note(who, Attempt.OPEN_SESSION, "Target/" + target, "not-signed-in", message);
        }
    }

    private synchronized boolean due(Said said) {
        Instant now = clock.instant();
        Instant last = kept.get(said);
        if (last != null && last.plus(AGAIN_AFTER).isAfter(now)) {
            return false;
        }
        kept.remove(said);
        kept.put(said, now);
        return true;
    }
}
