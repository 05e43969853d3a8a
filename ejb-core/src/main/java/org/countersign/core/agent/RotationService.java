package org.countersign.core.agent;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.countersign.core.CoreSettings;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Rotation;
import org.countersign.core.identity.Rotations;
import org.jboss.logging.Logger;

/**
 * Notes that the secret or key of an agent was changed at the identity provider, which alone can do that. Whatever was got
 * with the old one ends here within a second: tokens, credentials, sessions.
 */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class RotationService {
    private static final int MAX_REASON_CHARACTERS = 2_000;
    private static final Logger LOG = Logger.getLogger(RotationService.class);

    @Inject
    private AgentService agents;

    @Inject
    private Rotations rotations;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    public RotationService() {}

    RotationService(AgentService agents, Rotations rotations, CoreSettings settings, Clock clock) {
        this.agents = agents;
        this.rotations = rotations;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Notes a rotation that has just been made; empty when there is no such agent that the caller may see.
     *
     * @param reason for whoever reads the history; 1 to 2,000 characters
     * @throws NotAllowedException when the caller neither is an administrator nor answers for the agent
     */
    public Optional<Rotation> rotated(Caller caller, String client, String reason) {
        Optional<AgentView> agent = agents.find(caller, client);
        if (agent.isEmpty()) {
            return Optional.empty();
        }
        if (!agents.administers(caller, agent.get())) {
            throw new NotAllowedException(
                    "Only an administrator or a person who answers for " + client + " may do this.");
        }
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARACTERS || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason", "a reason has 1 to " + MAX_REASON_CHARACTERS + " characters and no NUL");
        }
        // the store keeps microseconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rotation = new Rotation(client, caller.principal().name(), now);
        rotations.add(settings.issuer().toString(), rotation, reason);
        LOG.infof("rotated agent=%s by=%s", rotation.client(), rotation.by());
        return Optional.of(rotation);
    }
}
