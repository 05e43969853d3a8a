package org.countersign.portal.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.UnknownIdException;
import org.countersign.core.approval.Answerable;
import org.countersign.core.approval.ApprovalDetail;
import org.countersign.core.approval.ApprovalDetails;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.CandidateView;
import org.countersign.core.approval.SimilarApproval;
import org.countersign.core.identity.Caller;
import org.countersign.core.recording.CommandFilter;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionService;
import org.countersign.portal.session.SessionPresenter;

/** Says in words what goes with a request: people, what its session did, and requests that are like it. */
public final class DetailPresenter {
    private static final int LOOKED_AT = 200;
    private static final int MAX_EARLIER = 5;

    private final ApprovalDetails details;
    private final SessionService sessions;
    private final Supplier<Caller> caller;

    public DetailPresenter(ApprovalDetails details, SessionService sessions, Supplier<Caller> caller) {
        this.details = details;
        this.sessions = sessions;
        this.caller = caller;
    }

    /**
     * A command that the same session sent before.
     *
     * @param summary shortened
     * @param ending what it came to, in a word
     */
    public record Earlier(String summary, String ending, Instant at) {}

    /** Somebody who could decide: who, whether, and why not. */
    public record Person(String name, boolean mayDecide, String text) {}

    public Optional<ApprovalDetail> of(ApprovalView approval) {
        return details.find(caller.get(), approval.id());
    }

    /** Returns the commands right before this one, in their order; empty for whoever may not see the session. */
    public List<Earlier> before(ApprovalView approval) {
        List<CommandView> latestFirst;
        try {
            latestFirst = sessions.commands(
                            caller.get(),
                            approval.session(),
                            new CommandFilter(Optional.empty(), LOOKED_AT, Optional.empty()))
                    .items();
        } catch (UnknownIdException e) {
            return List.of();
        }
        return new ArrayList<>(latestFirst.stream()
                        .filter(command -> command.receivedAt().isBefore(approval.requestedAt())
                                && !command.approval().equals(Optional.of(approval.id())))
                        .limit(MAX_EARLIER)
                        .map(command -> new Earlier(
                                ApprovalsPresenter.summary(command.text()),
                                SessionPresenter.ending(command).word(),
                                command.receivedAt()))
                        .toList())
                .reversed();
    }

    /** For example {@code owns orders-agent; also known as alice-2}. */
    public static String behind(Answerable person) {
        String why = String.join(", ", person.why());
        return person.accounts().isEmpty() ? why : why + "; also known as " + String.join(", ", person.accounts());
    }

    /** Whether somebody can decide, from his or her side. */
    public Person candidate(CandidateView candidate) {
        boolean me = candidate.name().equals(caller.get().principal().name());
        return new Person(candidate.name() + (me ? " (you)" : ""), candidate.mayDecide(), why(candidate));
    }

    private static String why(CandidateView candidate) {
        return candidate
                .why()
                .map(reason -> switch (reason) {
                    case SELF_APPROVAL -> "answers for the request";
                    case DELEGATOR_CONFLICTED -> "would decide for somebody who answers for the request";
                    case CONFLICT_OF_DUTIES -> candidate.whyText();
                    case ALREADY_DECIDED -> "has decided, or counts as one with somebody who has";
                    case NOT_YOUR_STEP_YET -> "decides in a later step";
                    case SIGN_IN_AGAIN -> "can decide after a fresh sign-in";
                    case NOT_AN_APPROVER, MACHINE_APPROVAL, EXPIRED, REASON_REQUIRED ->
                        candidate.whyText().toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
                })
                .orElse("can decide now");
    }

    /** For example {@code Approved by bob, ran}. */
    public static String similar(SimilarApproval earlier) {
        String by = earlier.decidedBy().isEmpty() ? "" : " by " + String.join(" and ", earlier.decidedBy());
        String what = switch (earlier.state()) {
            case PENDING -> "still waits";
            case APPROVED -> "approved" + by + ", not run yet";
            case EXECUTED -> "approved" + by + ", ran";
            case FAILED -> "approved" + by + ", did not succeed";
            case REJECTED -> "rejected" + by;
            case EXPIRED -> "expired";
            case WITHDRAWN -> "taken back";
        };
        return (earlier.identical() ? "Exactly this: " : "The same kind: ") + what;
    }
}
