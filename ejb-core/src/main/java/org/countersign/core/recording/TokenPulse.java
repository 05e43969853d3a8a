package org.countersign.core.recording;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import org.countersign.core.identity.SessionProofs;
import org.countersign.core.identity.TokenChecks;

/**
 * Asks the identity provider, where that is configured, whether the tokens still hold by which the sessions of this node
 * were opened, and ends those sessions that have lost something. Sessions of one token cost one question; a round that
 * takes longer than a second is followed by the next, not overtaken.
 */
@Singleton
@Startup
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class TokenPulse {
    @Inject
    private SessionProofs proofs;

    @Inject
    private TokenChecks checks;

    @Inject
    private LiveSessions live;

    @Inject
    private Clock clock;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "token pulse")
    void beat() {
        if (!checks.on()) {
            return;
        }
        proofs.all().forEach((session, proof) -> {
            // one that is over ends its session by itself
            if (clock.instant().isBefore(proof.token().expiresAt())) {
                checks.farewell(proof.principal(), proof.token()).ifPresent(farewell -> live.end(session, farewell));
            }
        });
    }
}
