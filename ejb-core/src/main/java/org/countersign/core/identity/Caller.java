package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * Whoever calls a service, as his verified access token said. {@link CallerService} alone makes callers.
 *
 * @param signIn how the person signed in
 * @param expiresAt when the token ends
 * @param token the token itself
 */
public record Caller(Principal principal, SignIn signIn, Instant expiresAt, Optional<AccessToken> token) {
    /** Somebody whose token is not kept. */
    public Caller(Principal principal, SignIn signIn, Instant expiresAt) {
        this(principal, signIn, expiresAt, Optional.empty());
    }

    /** Somebody whose token does not say how he signed in. */
    public Caller(Principal principal, Instant expiresAt) {
        this(principal, SignIn.UNKNOWN, expiresAt);
    }

    public boolean has(String realmRole) {
        return principal.realmRoles().contains(realmRole);
    }

    /** Returns whether this is no person who acts himself: an agent, or a token of a client that is not for people. */
    public boolean machine() {
        return principal.agent() || !PrincipalClaims.CLIENTS_OF_PEOPLE.contains(principal.client());
    }

    /** The person himself; has no meaning for a machine. */
    public Person person() {
        return new Person(principal.issuer(), principal.name());
    }
}
