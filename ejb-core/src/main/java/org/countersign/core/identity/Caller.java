package org.countersign.core.identity;

import java.time.Instant;
import org.countersign.model.session.Principal;

/**
 * Whoever calls a service, as his verified access token said. {@link CallerService} alone makes callers.
 *
 * @param expiresAt when the token ends
 */
public record Caller(Principal principal, Instant expiresAt) {
    public boolean has(String realmRole) {
        return principal.realmRoles().contains(realmRole);
    }
}
