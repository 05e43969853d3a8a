package org.countersign.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.port.Secret;

/**
 * Whether and how the identity provider is asked again about tokens it has issued.
 *
 * @param client as which the gateway asks; tokens have to be meant for it
 * @param secret of that client; nobody is asked without
 * @param interval after which an answer is old; also how long a new token is taken at its word
 * @param patience how long a token that cannot be asked about is still good
 */
public record IntrospectionSettings(String client, Optional<Secret> secret, Duration interval, Duration patience) {
    public IntrospectionSettings {
        if (!interval.isPositive() || patience.compareTo(interval) < 0) {
            throw new IllegalArgumentException("the interval is positive and the patience no shorter");
        }
    }

    static IntrospectionSettings of(Map<String, String> environment) {
        return new IntrospectionSettings(
                environment.getOrDefault("COUNTERSIGN_INTROSPECTION_CLIENT", "countersign-api"),
                Optional.ofNullable(environment.get("COUNTERSIGN_INTROSPECTION_SECRET"))
                        .filter(secret -> !secret.isBlank())
                        .map(Secret::new),
                Duration.parse(environment.getOrDefault("COUNTERSIGN_INTROSPECTION_INTERVAL", "PT2S")),
                Duration.parse(environment.getOrDefault("COUNTERSIGN_INTROSPECTION_PATIENCE", "PT1M")));
    }

    public boolean on() {
        return secret.isPresent();
    }
}
