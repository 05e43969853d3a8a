package org.countersign.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment says to the core.
 *
 * @param issuer the OIDC issuer, exactly as its tokens name it
 * @param audience what an access token's {@code aud} has to contain
 * @param portal where people find the portal, without a slash at the end
 * @param sessionGrace how long a session outlives its token
 * @param credentialLifetime the longest life of a connection credential
 * @param home the directory of this node's own state
 * @param journal the directory of the recordings
 */
public record CoreSettings(
        URI issuer,
        String audience,
        URI portal,
        Duration sessionGrace,
        Duration credentialLifetime,
        Path home,
        Path journal) {
    public CoreSettings {
        if (!issuer.isAbsolute() || !portal.isAbsolute() || audience.isBlank()) {
            throw new IllegalArgumentException("issuer and portal are absolute URLs and the audience is not blank");
        }
        if (sessionGrace.isNegative() || !credentialLifetime.isPositive()) {
            throw new IllegalArgumentException("the session grace is not negative, a credential lives for some time");
        }
    }

    /** Reads the variables that the contract names; each has a default that fits the demo. */
    static CoreSettings of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("COUNTERSIGN_HOME", ".countersign"));
        String journal = environment.get("COUNTERSIGN_JOURNAL_DIR");
        return new CoreSettings(
                URI.create(environment.getOrDefault(
                        "COUNTERSIGN_OIDC_ISSUER", "http://localhost:8180/realms/countersign")),
                environment.getOrDefault("COUNTERSIGN_OIDC_AUDIENCE", "countersign-api"),
                URI.create(withoutSlash(environment.getOrDefault("COUNTERSIGN_PORTAL_URL", "http://localhost:8080"))),
                Duration.parse(environment.getOrDefault("COUNTERSIGN_SESSION_GRACE", "PT5M")),
                Duration.parse(environment.getOrDefault("COUNTERSIGN_CREDENTIAL_LIFETIME", "PT15M")),
                home,
                journal == null ? home.resolve("journal") : Path.of(journal));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
