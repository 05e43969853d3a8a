package org.countersign.model.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.HashKey;
import org.countersign.model.session.SessionFacts;

/**
 * An opened session: who, to what, until when.
 *
 * @param endsAt when the token and the grace are over
 * @param upstream how the target is reached
 * @param classified every field of the target that has a data class; each must exist on the target, or the session ends
 */
public record SessionGrant(
        SessionFacts facts, Instant endsAt, Upstream upstream, Set<FieldName> classified, HashKey hashKey) {
    public SessionGrant {
        classified = Set.copyOf(classified);
    }

    /** @param database the database on the target */
    public record Upstream(String host, int port, String database, TlsMode tls, String user, Secret password) {}

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
