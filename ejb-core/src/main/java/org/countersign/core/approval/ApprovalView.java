package org.countersign.core.approval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.ParameterView;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.port.ApprovalDesk;

/**
 * An approval as one viewer sees it.
 *
 * @param commands what runs when it is approved, in order
 * @param message the guardrails' messages for people
 * @param quorum how many distinct persons have to approve
 * @param approvers who may approve, in words
 * @param url its portal page
 * @param sessionAddress where the requester's client connects from
 * @param executeBy when an approved command must have started
 * @param deferred whether the client did not wait and comes again
 * @param settledReason why it was withdrawn or failed; may be empty
 * @param mayDecide whether a decision of this viewer would be accepted now
 * @param why the first reason why not
 */
public record ApprovalView(
        UUID id,
        ApprovalDesk.State state,
        PrincipalView principal,
        String target,
        Map<String, String> targetLabels,
        List<CommandToApprove> commands,
        List<String> rules,
        String message,
        int quorum,
        String approvers,
        List<DecisionView> decisions,
        String digest,
        long policyVersion,
        UUID session,
        String sessionAddress,
        String url,
        Instant requestedAt,
        Instant expiresAt,
        Optional<Instant> executeBy,
        boolean deferred,
        String settledReason,
        boolean mayDecide,
        Optional<RefusalReason> why) {
    public ApprovalView {
        targetLabels = Map.copyOf(targetLabels);
        commands = List.copyOf(commands);
        rules = List.copyOf(rules);
        decisions = List.copyOf(decisions);
    }

    /** The same with what was typed as this scanner shows it. */
    ApprovalView seenThrough(ContentScanner scanner) {
        return new ApprovalView(
                id,
                state,
                principal,
                target,
                targetLabels,
                commands.stream().map(command -> command.seenThrough(scanner)).toList(),
                rules,
                message,
                quorum,
                approvers,
                decisions,
                digest,
                policyVersion,
                session,
                sessionAddress,
                url,
                requestedAt,
                expiresAt,
                executeBy,
                deferred,
                settledReason,
                mayDecide,
                why);
    }

    /**
     * @param kind the statement's kind: {@code update}
     * @param code functions and triggers that would run and are not on the gateway's list of harmless ones, in words
     */
    public record CommandToApprove(
            String kind,
            String text,
            List<ParameterView> parameters,
            List<String> actions,
            List<String> resources,
            List<String> code) {
        public CommandToApprove {
            parameters = List.copyOf(parameters);
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            code = List.copyOf(code);
        }

        CommandToApprove seenThrough(ContentScanner scanner) {
            return new CommandToApprove(
                    kind,
                    shown(text, scanner),
                    parameters.stream()
                            .map(parameter -> new ParameterView(
                                    parameter.type(), parameter.value().map(value -> shown(value, scanner))))
                            .toList(),
                    actions,
                    resources,
                    code);
        }

        private static String shown(String typed, ContentScanner scanner) {
            return scanner.scan(typed).map(ContentScanner.Masked::text).orElse(typed);
        }
    }

    /** @param by the person's name */
    public record DecisionView(String by, DecisionKind decision, String reason, Instant at) {}
}
