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
 * @param unused what it did not use of these roles; empty for one that was never here
 */
public record AgentView(
        String client,
        State state,
        Optional<AgentRegistration> registration,
        Optional<String> owner,
        List<String> roles,
        Optional<Instant> lastSeen,
        Optional<SuspensionView> suspension,
        AgentSecret secret,
        Optional<Unused> unused) {
    public AgentView {
        roles = List.copyOf(roles);
    }

    /** The same, for its owner: why somebody was suspended is for administrators and auditors. */
    AgentView withoutReason() {
        return new AgentView(
                client,
                state,
                registration,
                owner,
                roles,
                lastSeen,
                suspension.map(SuspensionView::withoutReason),
                secret,
                unused);
    }

    /** What holds it back, the strongest first. */
    public enum State {
        SUSPENDED,
        EXPIRED,
        UNREGISTERED,
        ACTIVE
    }

    /**
     * How old its secret or key at the identity provider is, at least.
     *
     * @param since the latest rotation that was noted, otherwise when the agent was first here
     * @param rotatedBy who noted that rotation
     * @param old whether it is to be rotated
     */
    public record AgentSecret(Optional<Instant> since, Optional<String> rotatedBy, boolean old) {}

    /** @param since from when on uses were counted */
    public record Unused(Instant since, List<UnusedPermission> permissions) {
        public Unused {
            permissions = List.copyOf(permissions);
        }
    }
}
