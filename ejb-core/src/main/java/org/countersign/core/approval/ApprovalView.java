package org.countersign.core.approval;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.ParameterView;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.risk.RiskView;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.policy.StepUp;
import org.countersign.model.port.ApprovalDesk;

/**
 * An approval as one viewer sees it.
 *
 * @param commands what runs when it is approved, in order
 * @param message the guardrails' messages for people
 * @param risk how risky it was when it was held; empty for requests from before risks were weighed
 * @param quorum how many distinct persons have to approve, in all steps together
 * @param approvers who may approve, in words
 * @param steps in the order in which they open
 * @param url its portal page
 * @param sessionAddress where the requester's client connects from
 * @param executeBy when an approved command must have started
 * @param deferred whether the client did not wait and comes again
 * @param settledReason why it was withdrawn or failed; may be empty
 * @param mayDecide whether a decision of this viewer would be accepted now
 * @param why the first reason why not
 * @param whyText that reason in words, with the constraint and the earlier act it is about; empty without one
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
        Optional<RiskView> risk,
        int quorum,
        String approvers,
        List<StepView> steps,
        TermsView terms,
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
        Optional<RefusalReason> why,
        String whyText) {
    public ApprovalView {
        targetLabels = Map.copyOf(targetLabels);
        commands = List.copyOf(commands);
        rules = List.copyOf(rules);
        steps = List.copyOf(steps);
        decisions = List.copyOf(decisions);
    }

    /** The grant that is asked for; empty for a command. Its id takes the place of the session. */
    public Optional<UUID> grant() {
        return commands.stream().anyMatch(command -> command.kind().equals(Application.KIND))
                ? Optional.of(session)
                : Optional.empty();
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
                risk,
                quorum,
                approvers,
                steps,
                terms.seenThrough(scanner),
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
                why,
                whyText);
    }

    private static String shown(String typed, ContentScanner scanner) {
        return scanner.scan(typed).map(ContentScanner.Masked::text).orElse(typed);
    }

    /**
     * @param kind the statement's kind: {@code update}
     * @param code functions and triggers that would run and are not on the gateway's list of harmless ones, in words
     * @param estimatedRows how many rows the target expected it to return or change; empty where that is not known
     * @param estimate the same in words, or why it is not known; empty for requests from before it was asked
     */
    public record CommandToApprove(
            String kind,
            String text,
            List<ParameterView> parameters,
            List<String> actions,
            List<String> resources,
            List<String> code,
            Optional<Long> estimatedRows,
            String estimate) {
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
                    code,
                    estimatedRows,
                    estimate);
        }
    }

    /**
     * @param approvers who may approve in it, in words
     * @param given how many of the quorum have approved
     */
    public record StepView(String approvers, int quorum, int given, StepState state) {}

    /**
     * What else goes with it.
     *
     * @param justification why it was asked for, in the requester's words; may be empty
     * @param reasonRequired whether every decision needs a reason
     * @param stepUp how whoever decides has to be signed in
     * @param executeDuring when it may run, in words; empty: at any time
     * @param executeFrom when an approved command may start, if not at once
     * @param escalatesAt when further persons may decide
     * @param escalatedAt when that was told
     */
    public record TermsView(
            String justification,
            boolean reasonRequired,
            Optional<StepUp> stepUp,
            String executeDuring,
            Optional<Instant> executeFrom,
            Optional<Instant> escalatesAt,
            Optional<Instant> escalatedAt) {
        TermsView seenThrough(ContentScanner scanner) {
            return new TermsView(
                    shown(justification, scanner),
                    reasonRequired,
                    stepUp,
                    executeDuring,
                    executeFrom,
                    escalatesAt,
                    escalatedAt);
        }
    }

    /** Where a step stands. */
    public enum StepState {
        DONE,
        OPEN,
        LATER;

        /** The name in the API: {@code open}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param by the person's name
     * @param inPlaceOf the approver who had delegated to him
     * @param step the number of the step it counts in; the first is 0
     */
    public record DecisionView(
            String by, Optional<String> inPlaceOf, DecisionKind decision, int step, String reason, Instant at) {}
}
