package org.countersign.core.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.countersign.model.port.AccessRefusedException;

/** That the secret or key of an agent was changed: whatever was got with the old one is worth nothing. */
public record Rotation(String client, String by, Instant at) {
    /** Tokens say their issue in whole seconds: one of the same second may be from before. */
    public boolean outdates(AccessToken token) {
        return !token.issuedAt().isAfter(at);
    }

    AccessRefusedException refusal() {
        return TokenVerifier.refused(
                "The access token was issued before the secret of the agent " + client + " was rotated at "
                        + at.truncatedTo(ChronoUnit.SECONDS) + ".",
                "Get a new token with the new secret.");
    }

    /** What the client of a live session is told. */
    public String farewell() {
        return "The session was ended: the secret of the agent " + client + " was rotated by " + by + ".";
    }
}
