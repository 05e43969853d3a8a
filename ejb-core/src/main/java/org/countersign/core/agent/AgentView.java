package org.countersign.core.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countersign.core.identity.SuspensionView;
import org.countersign.model.policy.AgentRegistration;

/**
 * An agent as the inventory shows it.
 *
 * @param owner the one its latest token names, if it was ever here
 * @param roles those it may use now, as far as the policy says so by its name; roles its tokens bring are not known here
 * @param lastSeen when it last opened a session
 */
public record AgentView(
        String client,
        State state,
        Optional<AgentRegistration> registration,
        Optional<String> owner,
        List<String> roles,
        Optional<Instant> lastSeen,
        Optional<SuspensionView> suspension) {
    public AgentView {
        roles = List.copyOf(roles);
    }

    /** What holds it back, the strongest first. */
    public enum State {
        SUSPENDED,
        EXPIRED,
        UNREGISTERED,
        ACTIVE
    }
}
