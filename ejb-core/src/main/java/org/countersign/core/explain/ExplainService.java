package org.countersign.core.explain;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.CoreSettings;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.approval.ApproverText;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.identity.TargetAccess;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.recording.SessionIndex;
import org.countersign.core.recording.SessionIndex.SignIn;
import org.countersign.core.risk.RiskView;
import org.countersign.core.risk.UseBoard;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Background;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Reasons;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.Explanation;
import org.countersign.model.session.Principal;

/**
 * Says what a text would do and what the policy says to it. Nothing of it runs. Everybody may ask about himself, persons
 * who are auditors or admins about everybody. The answer takes as long as the target's analysis: no store connection is
 * held meanwhile.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExplainService {
    @Inject
    private Explainers explainers;

    @Inject
    private Inquiries inquiries;

    @Inject
    private SessionIndex sessions;

    @Inject
    private PolicyBoard board;

    @Inject
    private CoreSettings settings;

    @Inject
    private UseBoard used;

    @Inject
    private Clock clock;

    /** Whom it is about, and since when that is known. */
    private record Subject(Principal principal, Optional<Instant> signedInAt, boolean stranger) {
        static Subject self(Principal principal) {
            return new Subject(principal, Optional.empty(), false);
        }

        static Subject known(SignIn last) {
            return new Subject(last.principal(), Optional.of(last.at()), false);
        }

        static Subject stranger(Principal principal) {
            return new Subject(principal, Optional.empty(), true);
        }
    }

    /**
     * Explains a text.
     *
     * @throws AccessRefusedException as a sign-in of that principal at that target would be refused; 57P03 when the policy
     *     changed meanwhile
     * @throws NotAllowedException when the caller may not ask about him
     * @throws InvalidRequestException when nothing is known about him, or the text is empty
     */
    public ExplanationView explain(Caller caller, ExplainRequest request) throws AccessRefusedException {
        if (request.text().isBlank()) {
            throw new InvalidRequestException("text", "text is empty: there is nothing to explain");
        }
        Subject subject = subject(caller, request);
        TargetAccess.check(board.current(), subject.principal(), request.target(), clock.instant());
        Explainer explainer = explainers.current();
        UUID ticket =
                inquiries.issue(new Inquiries.Inquiry(caller.principal(), subject.principal(), caller.expiresAt()));
        try {
            return view(
                    subject,
                    explainer.explain(new Explainer.Inquiry(
                            ticket,
                            subject.principal().name(),
                            request.target(),
                            request.text(),
                            request.address(),
                            request.tls())));
        } catch (AccessRefusedException e) {
            if ((subject.stranger() || subject.signedInAt().isPresent())
                    && e.error() == CountersignError.NOT_SIGNED_IN) {
                // it is the other one who could not sign in
                throw new NotAllowedException(String.valueOf(e.getMessage()));
            }
            throw e;
        } finally {
            inquiries.withdraw(ticket);
        }
    }

    /** May this caller ask about others than himself? */
    public boolean mayAskAboutOthers(Caller caller) {
        return !caller.machine() && (caller.has("admin") || caller.has("auditor"));
    }

    private Subject subject(Caller caller, ExplainRequest request) {
        String name = request.principal().orElse(caller.principal().name());
        if (name.equals(caller.principal().name())) {
            return Subject.self(caller.principal());
        }
        if (!mayAskAboutOthers(caller)) {
            throw new NotAllowedException("Only a person who is an administrator or auditor may ask what "
                    + "another principal may do. Ask without a principal, or as "
                    + caller.principal().name() + ".");
        }
        String issuer = settings.issuer().toString();
        return sessions.lastSignIn(issuer, name)
                .map(Subject::known)
                .or(() -> board.current()
                        .flatMap(policy -> Stranger.of(policy, issuer, name))
                        .map(Subject::stranger))
                .orElseThrow(() -> new InvalidRequestException(
                        "principal",
                        "nobody of the name " + name + " has ever opened a session here and no role names it, so it is"
                                + " not known which roles that name would hold"));
    }

    private ExplanationView view(Subject subject, Explanation explanation) throws AccessRefusedException {
        return switch (explanation) {
            case Explanation.Judged judged -> judged(subject, judged);
            case Explanation.Mistaken mistaken ->
                notUnderstood(
                        subject,
                        mistaken,
                        "error",
                        mistaken.sqlState(),
                        mistaken.message(),
                        mistaken.hint(),
                        mistaken.position());
            case Explanation.Unreadable unreadable ->
                notUnderstood(
                        subject,
                        unreadable,
                        "deny",
                        unreadable.error().sqlState(),
                        unreadable.message(),
                        unreadable.hint(),
                        Optional.empty());
        };
    }

    private static ExplanationView notUnderstood(
            Subject subject,
            Explanation explanation,
            String verdict,
            String sqlState,
            String message,
            String hint,
            Optional<Integer> position) {
        return new ExplanationView(
                explanation.session().id().value(),
                PrincipalView.of(subject.principal()),
                subject.signedInAt(),
                subject.stranger(),
                explanation.session().target(),
                verdict,
                message,
                hint,
                Optional.empty(),
                Optional.of(sqlState),
                position,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private ExplanationView judged(Subject subject, Explanation.Judged judged) throws AccessRefusedException {
        long version = judged.ruling().policyVersion();
        Optional<Reasons> reasons = board.current()
                .filter(snapshot -> snapshot.version() == version)
                .flatMap(snapshot -> reasons(snapshot, judged));
        if (reasons.isEmpty()) {
            throw new AccessRefusedException(
                    CountersignError.POLICY_NOT_CONFIRMED,
                    "The policy changed while the text was being explained.",
                    "Ask again.");
        }
        var explained = new Explained(judged, reasons.get(), clock.instant());
        Verdict verdict = judged.ruling().verdict();
        return new ExplanationView(
                judged.session().id().value(),
                PrincipalView.of(subject.principal()),
                subject.signedInAt(),
                subject.stranger(),
                judged.session().target(),
                word(verdict),
                message(verdict),
                ask(verdict),
                risk(judged),
                verdict instanceof Verdict.Deny deny ? Optional.of(deny.error().sqlState()) : Optional.empty(),
                Optional.empty(),
                version,
                explained.rules(),
                explained.statements(),
                explained.detectors());
    }

    private Background background(Explanation.Judged judged) {
        return used.background(judged.session(), clock.instant());
    }

    /** Whatever the verdict: whoever asks wants to know what an approver would be told. */
    private Optional<RiskView> risk(Explanation.Judged judged) {
        return judged.ruling()
                .risk()
                .or(() -> board.current()
                        .flatMap(snapshot -> PolicyDecision.risk(
                                snapshot, judged.session(), judged.command(), clock.instant(), background(judged))))
                .map(RiskView::of);
    }

    private Optional<Reasons> reasons(PolicySnapshot snapshot, Explanation.Judged judged) {
        return Reasons.of(snapshot, judged.session(), judged.command(), background(judged));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow allow -> "allow";
            case Verdict.Hold hold -> "hold";
            case Verdict.Deny deny -> "deny";
        };
    }

    private static String message(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow allow -> "";
            case Verdict.Hold hold -> hold.message();
            case Verdict.Deny deny -> deny.message();
        };
    }

    private static String ask(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow allow -> "";
            case Verdict.Hold hold -> approval(hold.requirement());
            case Verdict.Deny deny -> deny.hint();
        };
    }

    private static String approval(ApprovalRequirement requirement) {
        return "Once it is sent it waits until "
                + (requirement.persons() == 1 ? "one person has" : requirement.persons() + " persons have")
                + " approved it. Who may: " + ApproverText.of(requirement) + ".";
    }
}
