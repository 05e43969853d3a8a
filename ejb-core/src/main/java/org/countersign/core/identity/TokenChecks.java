package org.countersign.core.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.IntrospectionSettings;
import org.countersign.core.identity.TokenStanding.AsIssued;
import org.countersign.core.identity.TokenStanding.Current;
import org.countersign.core.identity.TokenStanding.Revoked;
import org.countersign.core.identity.TokenStanding.Unconfirmed;
import org.countersign.model.port.Secret;
import org.countersign.model.session.Principal;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether tokens still hold. An answer of the identity provider counts for the interval of the settings, and so does the
 * issue of a token. Where the identity provider does not answer, what it said last counts as long as the patience. Safe
 * for all threads; may block for some seconds.
 */
public class TokenChecks {
    private static final int MAX_ANSWERS = 10_000;
    private static final Duration WARNED_AFTER = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(TokenChecks.class);

    private final IntrospectionSettings settings;
    private final Optional<Introspection> introspection;
    private final Clock clock;
    private final Map<String, Answer> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MAX_ANSWERS;
        }
    };
    private volatile Instant silentUntil = Instant.MIN;
    private volatile Instant quietUntil = Instant.MIN;

    private record Answer(TokenStanding standing, Instant at) {}

    TokenChecks(IntrospectionSettings settings, Optional<Introspection> introspection, Clock clock) {
        this.settings = settings;
        this.introspection = introspection;
        this.clock = clock;
    }

    /** Whether anybody is asked. */
    public boolean on() {
        return introspection.isPresent();
    }

    /** Why a session may not go on that this principal opened with this token. */
    public Optional<String> farewell(Principal opened, AccessToken token) {
        return of(token).farewell(opened);
    }

    TokenStanding of(AccessToken token) {
        if (introspection.isEmpty()) {
            return new AsIssued();
        }
        Instant now = clock.instant();
        Answer last = known(token.text());
        if (last != null && young(last.at, settings.interval(), now)) {
            return last.standing;
        }
        if (young(token.issuedAt(), settings.interval(), now)) {
            return new AsIssued();
        }
        return asked(introspection.get(), token.text(), now).orElseGet(() -> {
            Instant stoodBy = last == null ? token.issuedAt() : last.at;
            if (!young(stoodBy, settings.patience(), now)) {
                return new Unconfirmed(stoodBy);
            }
            return last == null ? new AsIssued() : last.standing;
        });
    }

    /** A time to come is no news of anything. */
    private static boolean young(Instant at, Duration age, Instant now) {
        return !at.isAfter(now) && at.plus(age).isAfter(now);
    }

    /** An issuer that cannot be reached is left alone for a while; one that refuses an answer is asked about others. */
    private Optional<TokenStanding> asked(Introspection issuer, Secret token, Instant now) {
        if (now.isBefore(silentUntil)) {
            return Optional.empty();
        }
        try {
            TokenStanding standing = issuer.ask(token).map(TokenChecks::current).orElseGet(Revoked::new);
            remember(token, new Answer(standing, now));
            return Optional.of(standing);
        } catch (WholeAnswer.RefusedException e) {
            warn(e);
            return Optional.empty();
        } catch (IOException e) {
            silentUntil = clock.instant().plus(settings.interval());
            warn(e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void warn(IOException reason) {
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(WARNED_AFTER);
            LOG.warnf("identity provider does not say whether a token still holds reason=%s", reason);
        }
    }

    private static TokenStanding current(Map<String, Object> claims) {
        Set<String> roles =
                claims.get("realm_access") instanceof Map<?, ?> access ? names(access.get("roles")) : Set.of();
        Optional<String> owner = claims.get("owner") instanceof String name
                ? Optional.of(name.toLowerCase(Locale.ROOT))
                : Optional.empty();
        return new Current(roles, names(claims.get("groups")), owner);
    }

    private static Set<String> names(@Nullable Object list) {
        var names = new HashSet<String>();
        if (list instanceof List<?> values) {
            values.forEach(value -> names.add(String.valueOf(value)));
        }
        return Set.copyOf(names);
    }

    private @Nullable Answer known(Secret token) {
        String digest = digest(token);
        synchronized (answers) {
            return answers.get(digest);
        }
    }

    private void remember(Secret token, Answer answer) {
        String digest = digest(token);
        synchronized (answers) {
            answers.remove(digest);
            answers.put(digest, answer);
        }
    }

    private static String digest(Secret token) {
        try {
            byte[] bytes = token.reveal().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
