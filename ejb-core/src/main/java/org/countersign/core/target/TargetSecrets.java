package org.countersign.core.target;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetPolicy.Credential;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.PasswordUse;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;

/** The gateway's own accounts on targets. Their passwords are read when a session opens and kept nowhere. */
@ApplicationScoped
public class TargetSecrets {
    private static final String FROM_ENVIRONMENT = "env:";
    private static final String FROM_FILE = "file:";
    private static final int MAX_FILE_BYTES = 4_096;

    private final Map<String, String> environment;

    public TargetSecrets() {
        this(System.getenv());
    }

    TargetSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Returns how somebody with these roles reaches the target: by the first credential that serves one of them.
     *
     * @param database the database he asked for; empty for the target's own
     * @throws SecretUnavailableException when no credential serves him or its secret cannot be read
     */
    public Upstream upstream(TargetPolicy target, Set<String> roles, Optional<String> database)
            throws SecretUnavailableException {
        Credential credential = target.credentials().stream()
                .filter(each -> each.roles().isEmpty() || each.roles().stream().anyMatch(roles::contains))
                .findFirst()
                .orElseThrow(() -> new SecretUnavailableException(
                        "Target " + target.name() + " has no credential for the roles you hold."));
        return new Upstream(
                target.host(),
                target.port(),
                database.orElse(target.database()),
                TlsMode.of(target.tls()).orElse(TlsMode.VERIFY_FULL),
                credential.username(),
                secret(target, credential.secret()),
                PasswordUse.of(credential.authentication()).orElse(PasswordUse.SCRAM_SHA_256));
    }

    private Secret secret(TargetPolicy target, String reference) throws SecretUnavailableException {
        String value = null;
        if (reference.startsWith(FROM_ENVIRONMENT)) {
            value = environment.get(reference.substring(FROM_ENVIRONMENT.length()));
        } else if (reference.startsWith(FROM_FILE)) {
            value = firstLine(Path.of(reference.substring(FROM_FILE.length()))).orElse(null);
        }
        if (value == null || value.isEmpty()) {
            throw new SecretUnavailableException(
                    "The gateway's own secret for target " + target.name() + " cannot be read.");
        }
        return new Secret(value);
    }

    private static Optional<String> firstLine(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            return Files.readString(file).lines().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
