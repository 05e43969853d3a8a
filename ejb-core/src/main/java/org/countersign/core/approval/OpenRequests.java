package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.core.identity.PrincipalJson;
import org.countersign.core.identity.Visibility;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalStep.Escalation;
import org.countersign.model.policy.TargetPolicy.Owners;

/**
 * Finds the open requests of which somebody is an approver without a role that sees everything: by a group, by name, as
 * manager of whoever asks, as owner of the target or for an approver who delegated. Needs a transaction.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class OpenRequests {
    /** The latest ones: whoever cannot get through so many gets the next ones then. */
    private static final int MAX_LOOKED_AT = 2_000;

    /** To find out who is an approver by name, role or group. */
    private static final Surroundings NOBODY_SPECIAL = new Surroundings(Set.of(), Owners.NOBODY, Set.of());

    @Inject
    private Approvals approvals;

    @Inject
    private Deciders deciders;

    public OpenRequests() {}

    OpenRequests(Approvals approvals, Deciders deciders) {
        this.approvals = approvals;
        this.deciders = deciders;
    }

    /**
     * What is asked for whom, without its command.
     *
     * @param principal as JSON
     * @param requirement as JSON
     */
    record Open(UUID id, String principal, String target, String requirement, Instant requestedAt) {}

    /** Returns those in any step of which he is an approver; whoever sees everything needs none. */
    Set<UUID> of(Decider decider, Instant now) {
        if (decider.caller().machine() || Visibility.everything(decider.caller())) {
            return Set.of();
        }
        Map<String, ApprovalRequirement> requirements = new HashMap<>();
        Map<Deciders.Asked, Surroundings> around = new HashMap<>();
        return approvals.open(MAX_LOOKED_AT).stream()
                .filter(open -> {
                    ApprovalRequirement requirement =
                            requirements.computeIfAbsent(open.requirement(), RequirementJson::parse);
                    var progress =
                            new Progress(requirement.steps(), List.of(), Duration.between(open.requestedAt(), now));
                    return decider.approver(progress, NOBODY_SPECIAL)
                            || (asksWhoHeIs(requirement)
                                    && decider.approver(
                                            progress,
                                            around.computeIfAbsent(
                                                    new Deciders.Asked(
                                                            PrincipalJson.parse(open.principal()), open.target()),
                                                    deciders::around)));
                })
                .map(Open::id)
                .collect(Collectors.toSet());
    }

    /** Whether it takes look-ups to say who is an approver. */
    private static boolean asksWhoHeIs(ApprovalRequirement requirement) {
        return requirement.steps().stream()
                .flatMap(step ->
                        Stream.concat(Stream.of(step.approvers()), step.escalation().map(Escalation::to).stream()))
                .anyMatch(approvers -> approvers.ownersOfTarget() || approvers.managerOfRequester());
    }
}
