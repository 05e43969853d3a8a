package org.countersign.model.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.HashKey;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;

/**
 * An opened session: who, to what, until when.
 *
 * @param endsAt when the token and the grace are over
 * @param upstream how the target is reached
 * @param asker who wants something explained as this principal; empty for a client's own session, whose commands run
 * @param classified every field of the target that has a data class; each must exist on the target, or the session ends
 */
public record SessionGrant(
        SessionFacts facts,
        Optional<Principal> asker,
        Instant endsAt,
        Upstream upstream,
        Set<FieldName> classified,
        HashKey hashKey) {
    public SessionGrant {
        classified = Set.copyOf(classified);
    }

    /** A client's own session. */
    public SessionGrant(
            SessionFacts facts, Instant endsAt, Upstream upstream, Set<FieldName> classified, HashKey hashKey) {
        this(facts, Optional.empty(), endsAt, upstream, classified, hashKey);
    }

    /** Who opened the session and answers for it. */
    public Principal opener() {
        return asker.orElse(facts.principal());
    }

    /**
     * How the target is reached.
     *
     * @param database the database on the target
     * @param weakest what the password is given for beside SCRAM
     */
    public record Upstream(
            String host, int port, String database, TlsMode tls, String user, Secret password, PasswordUse weakest) {
        /** The password is only ever used for SCRAM. */
        public Upstream(String host, int port, String database, TlsMode tls, String user, Secret password) {
            this(host, port, database, tls, user, password, PasswordUse.SCRAM_SHA_256);
        }
    }

    /** What a target may make of the gateway's password; SCRAM is possible with each. */
    public enum PasswordUse {
        /** It never leaves the gateway. */
        SCRAM_SHA_256,
        /** A hash of it does, which is as good as the password to the target. */
        MD5,
        /** It is sent as it is. */
        PASSWORD;

        public static Optional<PasswordUse> of(String label) {
            return Stream.of(values()).filter(use -> use.label().equals(label)).findFirst();
        }

        /** The name used in manifests: {@code scram-sha-256}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** As libpq's sslmode; {@code caFile} of {@link #VERIFY_FULL} is the JVM's trust store. */
    public enum TlsMode {
        DISABLE,
        PREFER,
        REQUIRE,
        VERIFY_FULL;

        public static Optional<TlsMode> of(String label) {
            for (TlsMode mode : values()) {
                if (mode.label().equals(label)) {
                    return Optional.of(mode);
                }
            }
            return Optional.empty();
        }

        /** The name used in manifests: {@code verify-full}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
