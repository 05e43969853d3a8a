package org.countersign.portal.approval;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.BatchOutcome;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.policy.StepUp;
import org.countersign.model.port.ApprovalDesk;

/** Shows one request and takes this person's decision. */
public final class ApprovalPresenter {
    private final ApprovalService approvals;
    private final Supplier<Caller> caller;

    public ApprovalPresenter(ApprovalService approvals, Supplier<Caller> caller) {
        this.approvals = approvals;
        this.caller = caller;
    }

    /** Why this person cannot decide: a title that says it at once, and what follows from it. */
    public record Obstacle(String title, String explanation) {}

    /** What became of a decision. */
    public sealed interface Outcome {}

    /** @param notice what to tell the person who decided */
    public record Taken(ApprovalView approval, String notice) implements Outcome {}

    public record Refused(Obstacle obstacle) implements Outcome {}

    /** What became of requests that were decided at once. */
    public record Several(String notice) implements Outcome {}

    /** A rejection without a reason helps nobody, and some rules want one always; nothing was sent. */
    public record ReasonMissing() implements Outcome {}

    public Optional<ApprovalView> find(UUID id) {
        return approvals.find(caller.get(), id);
    }

    public Outcome decide(ApprovalView approval, DecisionKind decision, String reason) {
        if (reason.isBlank()
                && (decision == DecisionKind.REJECT || approval.terms().reasonRequired())) {
            return new ReasonMissing();
        }
        try {
            ApprovalView decided = approvals.decide(caller.get(), approval.id(), decision, reason.strip());
            return new Taken(decided, notice(decided, decision));
        } catch (ApprovalRefusedException e) {
            return new Refused(obstacle(find(approval.id()).orElse(approval), e.reason()));
        }
    }

    /** Decides this request and every other one that waits for exactly the same. */
    public Outcome decideAll(ApprovalView approval, DecisionKind decision, String reason) {
        if (reason.isBlank()
                && (decision == DecisionKind.REJECT || approval.terms().reasonRequired())) {
            return new ReasonMissing();
        }
        List<BatchOutcome> outcomes =
                approvals.decideIdentical(caller.get(), approval.digest(), decision, reason.strip());
        long counted =
                outcomes.stream().filter(each -> each.refused().isEmpty()).count();
        return new Several(
                counted == outcomes.size()
                        ? "Decided " + counted + " requests for exactly this."
                        : "Decided " + counted + " of " + outcomes.size()
                                + " requests for exactly this. The others changed meanwhile: look at them one by one.");
    }

    /** Takes the request back; says what became of that. */
    public String takeBack(ApprovalView approval) {
        try {
            approvals.takeBack(caller.get(), approval.id());
            return "Taken back. It will not run.";
        } catch (ApprovalRefusedException e) {
            return "It is too late to take it back: it has run, or has ended.";
        } catch (UnknownIdException e) {
            return "This request is not yours to take back.";
        }
    }

    /** Returns whether a fresh sign-in is all that keeps this person from deciding. */
    public static boolean wantsSignIn(ApprovalView approval) {
        return approval.why().filter(RefusalReason.SIGN_IN_AGAIN::equals).isPresent();
    }

    /** Returns why this person cannot decide the request as it is now; empty when he can. */
    public Optional<Obstacle> obstacle(ApprovalView approval) {
        if (approval.mayDecide()) {
            return Optional.empty();
        }
        return Optional.of(obstacle(approval, approval.why().orElse(RefusalReason.ALREADY_DECIDED)));
    }

    /** What was decided, by whom, and what has become of it; empty while it is pending. */
    public Optional<Obstacle> settlement(ApprovalView approval) {
        return approval.state() == ApprovalDesk.State.PENDING ? Optional.empty() : Optional.of(settled(approval));
    }

    /** Who decided, and in whose place. */
    public static String by(ApprovalView.DecisionView decision) {
        return decision.by()
                + decision.inPlaceOf().map(name -> " in place of " + name).orElse("");
    }

    /** A sentence about what is asked: who wants to do what where. */
    public static String headline(ApprovalView approval) {
        if (approval.grant().isPresent()) {
            return approval.principal().name() + " asks for a role for a time on " + approval.target();
        }
        String what = approval.commands().size() == 1
                ? approval.commands().getFirst().kind().toUpperCase(Locale.ROOT)
                : approval.commands().size() + " commands";
        return approval.principal().name() + " wants to run "
                + (approval.commands().size() == 1 ? "one " : "") + what + " on " + approval.target();
    }

    private Obstacle obstacle(ApprovalView approval, RefusalReason reason) {
        return switch (reason) {
            case MACHINE_APPROVAL ->
                new Obstacle(
                        "Machines do not countersign",
                        "You are signed in with the token of a program. A person has to look at this.");
            case SELF_APPROVAL -> selfApproval(approval.principal());
            case NOT_AN_APPROVER ->
                new Obstacle(
                        "You are not an approver of this request",
                        "You may read it. It is decided by " + approval.approvers() + ".");
            case CONFLICT_OF_DUTIES ->
                new Obstacle("A constraint excludes you", approval.whyText() + " Somebody else has to decide.");
            case EXPIRED ->
                new Obstacle(
                        "This request has expired",
                        "Nobody decided it in time, so it did not run. The requester can ask again.");
            case DELEGATOR_CONFLICTED ->
                new Obstacle(
                        "You would decide for somebody who may not",
                        "The approver who delegated to you answers for this request. Whoever is conflicted cannot pass"
                                + " that on.");
            case SIGN_IN_AGAIN ->
                new Obstacle(
                        "Sign in again to decide this",
                        approval.terms().stepUp().map(ApprovalPresenter::wanted).orElse(reason.message()));
            case NOT_YOUR_STEP_YET ->
                new Obstacle(
                        "Your step comes later",
                        "Others decide first: " + openStep(approval) + ". This page shows when it is your turn.");
            case REASON_REQUIRED -> new Obstacle("A reason is needed", reason.message());
            case ALREADY_DECIDED ->
                approval.state() == ApprovalDesk.State.PENDING ? decidedByMe(approval) : settled(approval);
        };
    }

    private static String wanted(StepUp stepUp) {
        long seconds = stepUp.within().toSeconds();
        return "The rule wants a sign-in not older than "
                + (seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes")
                + stepUp.levels()
                        .map(levels -> " of the level " + String.join(" or ", new TreeSet<>(levels)))
                        .orElse("")
                + ". Signing in again brings you back to this page.";
    }

    private static String openStep(ApprovalView approval) {
        return approval.steps().stream()
                .filter(step -> step.state() == ApprovalView.StepState.OPEN)
                .map(ApprovalView.StepView::approvers)
                .findFirst()
                .orElse(approval.approvers());
    }

    private Obstacle selfApproval(PrincipalView principal) {
        String me = caller.get().principal().name();
        if (!principal.kind().equals("agent")) {
            return new Obstacle(
                    "This is your own request",
                    "Whoever asks cannot be the one who approves. Somebody else has to countersign it.");
        }
        if (principal.owner().filter(me::equals).isPresent()) {
            return new Obstacle(
                    "You answer for this agent",
                    principal.name()
                            + " belongs to you, so its request counts as yours. Somebody else has to countersign it.");
        }
        if (principal.onBehalfOf().filter(me::equals).isPresent()) {
            return new Obstacle(
                    "This agent acts for you",
                    principal.name()
                            + " acts on your behalf, so its request counts as yours. Somebody else has to countersign"
                            + " it.");
        }
        return new Obstacle(
                "This request counts as yours",
                "You own or registered " + principal.name()
                        + ", or one of your other accounts answers for it. Somebody else has to countersign it.");
    }

    private static Obstacle decidedByMe(ApprovalView approval) {
        long given = approvals(approval);
        return new Obstacle(
                "You have decided",
                given + " of " + approval.quorum() + " approvals are given. A quorum counts distinct persons.");
    }

    private static Obstacle settled(ApprovalView approval) {
        return switch (approval.state()) {
            case PENDING -> new Obstacle("Waiting for a decision", "");
            case APPROVED ->
                new Obstacle(
                        "Approved by " + by(approval, DecisionKind.APPROVE),
                        approval.deferred()
                                ? "The requester can run exactly this, once, when he sends it again."
                                : "The command is released to run, once.");
            case EXECUTED ->
                new Obstacle(
                        "Approved by " + by(approval, DecisionKind.APPROVE),
                        approval.grant().isPresent()
                                ? "The grant began. It is under Grants, and can be ended there."
                                : "It ran, once.");
            case REJECTED ->
                new Obstacle(
                        "Rejected by " + by(approval, DecisionKind.REJECT), "It did not run and cannot run any more.");
            case EXPIRED ->
                new Obstacle(
                        "This request has expired",
                        "Nobody decided it in time, so it did not run. The requester can ask again.");
            case WITHDRAWN ->
                new Obstacle(
                        "This request was withdrawn",
                        "It did not run and cannot run any more." + said(sentence(approval.settledReason())));
            case FAILED ->
                new Obstacle(
                        "Approved by " + by(approval, DecisionKind.APPROVE) + ", but it did not succeed",
                        "The approval is used up." + said(approval.settledReason()));
        };
    }

    private static String sentence(String words) {
        return words.isBlank() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String said(String reason) {
        return reason.isBlank() ? "" : " " + reason;
    }

    private static String by(ApprovalView approval, DecisionKind kind) {
        String names = approval.decisions().stream()
                .filter(decision -> decision.decision() == kind)
                .map(ApprovalView.DecisionView::by)
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "nobody" : names;
    }

    private static long approvals(ApprovalView approval) {
        return approval.decisions().stream()
                .filter(decision -> decision.decision() == DecisionKind.APPROVE)
                .count();
    }

    private static String notice(ApprovalView decided, DecisionKind decision) {
        if (decision == DecisionKind.REJECT) {
            return "Rejected. " + decided.principal().name() + " is told your reason.";
        }
        if (decided.state() == ApprovalDesk.State.PENDING) {
            return "Your approval counts: " + approvals(decided) + " of " + decided.quorum() + ".";
        }
        return decided.deferred()
                ? "Approved. It runs when " + decided.principal().name() + " sends it again, once."
                : "Approved. Exactly this runs now, once.";
    }
}
