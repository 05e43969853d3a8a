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
import org.countersign.core.identity.TokenRound;

/**
 * Asks the identity provider, where that is configured, whether the tokens still hold by which the sessions of this node
 * were opened, and ends those sessions that have lost something. A round that takes longer than a second is followed by
 * the next, not overtaken.
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
        new TokenRound(checks, clock).ask(proofs.all(), live::end);
    }
}
