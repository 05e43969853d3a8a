package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.countersign.core.approval.Applications;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.approval.Reviewers;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.Visibility;
import org.countersign.model.policy.Grant;

/** What somebody may do about a grant. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantSight {
    @Inject
    private Applications applications;

    @Inject
    private Reviewers reviewers;

    public GrantSight() {}

    GrantSight(Applications applications, Reviewers reviewers) {
        this.applications = applications;
        this.reviewers = reviewers;
    }

    GrantView of(Caller caller, GrantEntity grant, Instant now) {
        GrantView view = grant.view();
        if (!view.unreviewed()) {
            return view.seen(mayEnd(caller, grant, now), false, "");
        }
        Optional<RefusalReason> refusal = test(caller, grant, now).refusal();
        String why =
                refusal.map(GrantSight::inWords).orElse(grant.state().over() ? "" : "It is reviewed once it is over.");
        return view.seen(mayEnd(caller, grant, now), why.isEmpty(), why);
    }

    Reviewers.Test test(Caller caller, GrantEntity grant, Instant now) {
        return reviewers.test(
                caller,
                grant.principal(),
                grant.responsible(),
                grant.target(),
                grant.review().reviewers(),
                now);
    }

    static String inWords(RefusalReason refusal) {
        return switch (refusal) {
            case SELF_APPROVAL ->
                "You did it, or answer for whoever did, or it was a second account of yours: somebody else reviews it.";
            case MACHINE_APPROVAL -> "Only people review.";
            default -> "You are none of its reviewers.";
        };
    }

    boolean mayEnd(Caller caller, GrantEntity grant, Instant now) {
        if (grant.state() == GrantState.PENDING) {
            return Visibility.own(caller, grant.principal());
        }
        return grant.active(now)
                && (Visibility.own(caller, grant.principal())
                        || (!caller.machine() && caller.has("admin"))
                        || concerns(caller, grant, now));
    }

    /** Returns whether the caller is one of its approvers or reviewers. */
    boolean concerns(Caller caller, GrantEntity grant, Instant now) {
        return grant.kind() == Grant.Kind.BREAK_GLASS
                ? test(caller, grant, now).refusal().isEmpty()
                : grant.approval()
                        .filter(approval -> applications.approver(approval, caller, now))
                        .isPresent();
    }
}
