package org.countersign.core.grant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/**
 * Every command that stands on a grant asks the store for it, in the transaction that notes the act: what was revoked a
 * moment ago, on whatever node, lets nothing run, and of two commands on a grant for one operation one runs. Needs a
 * transaction.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class GrantUses {
    @Inject
    private AccessGrants grants;

    @Inject
    private Grounds grounds;

    @Inject
    private Standing standing;

    @Inject
    private PolicyBoard board;

    public GrantUses() {}

    GrantUses(AccessGrants grants, Grounds grounds, Standing standing, PolicyBoard board) {
        this.grants = grants;
        this.grounds = grounds;
        this.standing = standing;
        this.board = board;
    }

    /** The grants on which a verdict to let something run stands, in a fixed order. */
    public static List<UUID> of(Verdict verdict) {
        return verdict instanceof Verdict.Allow allow
                ? allow.rules().stream()
                        .flatMap(rule -> Grant.named(rule).stream())
                        .sorted()
                        .toList()
                : List.of();
    }

    /**
     * Says why a command may not run on these grants; nobody else uses or ends them before the transaction ends.
     *
     * @param command its number in the session
     */
    public Optional<Verdict.Deny> refusal(List<UUID> named, SessionFacts session, long command, Instant now) {
        for (UUID id : named) {
            Optional<GrantEntity> grant = grants.lock(id);
            if (grant.filter(known -> known.permits(session.id(), command, now)).isEmpty()) {
                return Optional.of(over(id, grant));
            }
            Optional<Verdict.Deny> groundless = groundless(grant.get(), session);
            if (groundless.isPresent()) {
                return groundless;
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict.Deny> groundless(GrantEntity grant, SessionFacts session) {
        return board.current()
                .map(snapshot -> grounds.refusal(grant, snapshot, session.principal()))
                .orElseGet(() -> Optional.of(new Verdict.Deny(
                        List.of("no-policy"),
                        CountersignError.POLICY_NOT_CONFIRMED,
                        "The gateway has no confirmed policy, so nothing new runs.",
                        "Send it again.")));
    }

    /** The command runs: notes it with the grants, none of which refuses it. */
    public void use(List<UUID> named, SessionFacts session, long command, Instant now) {
        for (UUID id : named) {
            grants.lock(id).orElseThrow().use(session.id(), command, now);
            standing.on(session.id(), command, id);
        }
    }

    private static Verdict.Deny over(UUID id, Optional<GrantEntity> grant) {
        return new Verdict.Deny(
                List.of("grant-ended", grant.map(known -> known.view().name()).orElse("grant:" + id)),
                CountersignError.DENIED,
                "The grant " + id + " "
                        + grant.map(known -> known.describedEnd() + " at " + Timestamp.of(known.over()))
                                .orElse("does not exist any more")
                        + ".",
                "Ask for a new grant if you still need it.");
    }
}
