package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.countersign.core.approval.Applications;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Principal;

/**
 * What a grant rests on, looked at again when it is to begin and whenever something is to run on it: the manifest that
 * offers it, and that whoever gave it is somebody else. Both may have changed since. Needs a transaction.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class Grounds {
    @Inject
    private Applications applications;

    public Grounds() {}

    Grounds(Applications applications) {
        this.applications = applications;
    }

    /**
     * Says why the grant gives nothing.
     *
     * @param who is to have it, as he is now
     */
    Optional<Verdict.Deny> refusal(GrantEntity grant, PolicySnapshot snapshot, Principal who) {
        return offered(grant, snapshot, who)
                ? grant.approval().flatMap(approval -> applications.selfApproved(approval, who))
                : Optional.of(notOffered(grant, who));
    }

    static boolean offered(GrantEntity grant, PolicySnapshot snapshot, Principal who) {
        return snapshot.exceptions().offer(grant.kind(), grant.rule(), grant.role(), who, grant.target());
    }

    private static Verdict.Deny notOffered(GrantEntity grant, Principal who) {
        return new Verdict.Deny(
                List.of("grant-ended", grant.view().name()),
                CountersignError.DENIED,
                "The grant " + grant.id() + " rests on " + grant.rule() + ", by which " + who.name()
                        + " cannot have the role " + grant.role() + " on " + grant.target() + " any more.",
                "Ask an administrator whether you may still ask for it.");
    }
}
