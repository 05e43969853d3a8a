package org.countersign.portal.agent;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.agent.AgentService;
import org.countersign.core.agent.AgentView;
import org.countersign.core.agent.RotationService;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.SuspensionService;
import org.countersign.core.identity.SuspensionView;
import org.countersign.core.policy.ChangeRefusedException;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.ManifestException;
import org.countersign.core.policy.ManifestService;
import org.countersign.core.policy.Motive;
import org.countersign.model.policy.AgentRegistration;

/** Shows the inventory, proposes registrations, suspends. */
public final class AgentsPresenter {
    private static final String SOURCE = "the portal's form";

    private final AgentService agents;
    private final ManifestService manifests;
    private final SuspensionService suspensions;
    private final RotationService rotations;
    private final Supplier<Caller> caller;

    public AgentsPresenter(
            AgentService agents,
            ManifestService manifests,
            SuspensionService suspensions,
            RotationService rotations,
            Supplier<Caller> caller) {
        this.agents = agents;
        this.manifests = manifests;
        this.suspensions = suspensions;
        this.rotations = rotations;
        this.caller = caller;
    }

    /**
     * What is in the registration form.
     *
     * @param roles names, with commas or blanks between them
     * @param expires a day such as 2027-01-31; may be blank
     */
    public record Form(
            String client,
            String owner,
            String agentClass,
            String purpose,
            String contact,
            String roles,
            String expires) {}

    /** @param done whether something changed */
    public record Answer(boolean done, String message) {}

    public List<AgentView> list() {
        return agents.list(caller.get());
    }

    /** Those in whose name, owner, purpose or roles this is a part, in any case. */
    static List<AgentView> about(List<AgentView> agents, String part) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        return agents.stream()
                .filter(agent -> Stream.of(
                                Stream.of(agent.client()),
                                agent.owner().stream(),
                                agent.registration().stream()
                                        .flatMap(known -> Stream.of(known.owner(), known.purpose())),
                                agent.roles().stream())
                        .flatMap(words -> words)
                        .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted)))
                .toList();
    }

    public boolean administers() {
        Caller now = caller.get();
        return !now.machine() && now.has("admin");
    }

    /** Whether he may note that the secret of this agent was changed. */
    public boolean answersFor(AgentView agent) {
        return agents.administers(caller.get(), agent);
    }

    /** Notes that the agent's secret has been changed at the identity provider. */
    public Answer rotated(AgentView agent, String reason) {
        if (reason.isBlank()) {
            return new Answer(false, "Say why: it is kept.");
        }
        try {
            return rotations
                    .rotated(caller.get(), agent.client(), reason.strip())
                    .map(rotation ->
                            new Answer(true, "What was got with the old secret of " + agent.client() + " ends now."))
                    .orElseGet(() -> new Answer(false, "There is no such agent any more."));
        } catch (NotAllowedException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    /** What a form starts with when an agent is registered anew or changed. */
    public static Form form(AgentView agent) {
        Optional<AgentRegistration> known = agent.registration();
        return new Form(
                agent.client(),
                known.map(AgentRegistration::owner).or(agent::owner).orElse(""),
                known.map(AgentRegistration::agentClass).orElse("assistant"),
                known.map(AgentRegistration::purpose).orElse(""),
                known.map(AgentRegistration::contact).orElse(""),
                String.join(
                        ", ",
                        known.map(registration ->
                                        registration.roles().stream().sorted().toList())
                                .orElse(agent.roles())),
                known.flatMap(AgentRegistration::expiresAt)
                        .map(day -> day.toString().substring(0, "2027-01-31".length()))
                        .orElse(""));
    }

    /** @param reason for whoever confirms the registration */
    public Answer register(Form form, String reason) {
        try {
            ChangeView change = manifests.propose(caller.get(), RegistrationText.of(form), SOURCE, new Motive(reason));
            return change.diff().isEmpty()
                    ? new Answer(false, "It is registered exactly so already.")
                    : new Answer(true, "Proposed. A second administrator has to confirm it under Policy changes.");
        } catch (ChangeRefusedException | ManifestException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    public Answer suspend(AgentView agent, String reason) {
        if (reason.isBlank()) {
            return new Answer(false, "Say why: administrators and auditors read it.");
        }
        try {
            suspensions.suspend(caller.get(), agent.client(), reason.strip());
            return new Answer(true, agent.client() + " is suspended; its sessions end now.");
        } catch (NotAllowedException | InvalidRequestException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    /** Who suspended it, and why where the reader may know. */
    static String suspended(SuspensionView suspension) {
        return suspension.suspendedBy()
                + (suspension.reason().isEmpty() ? ", who can tell why" : ": " + suspension.reason());
    }

    public Answer lift(AgentView agent) {
        try {
            return suspensions.lift(caller.get(), agent.client())
                    ? new Answer(true, agent.client() + " may sign in again.")
                    : new Answer(false, "Somebody lifted the suspension before.");
        } catch (NotAllowedException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }
}
