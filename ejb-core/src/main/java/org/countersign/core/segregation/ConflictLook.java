package org.countersign.core.segregation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;

/** Looks in the store who holds what together with others. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ConflictLook {
    @Inject
    private PersonConflicts conflicts;

    @Inject
    private PolicyBoard board;

    @Inject
    private Clock clock;

    /** @throws AccessRefusedException SD004 when the principal may not come to the target because of what others hold */
    public void check(PolicySnapshot snapshot, Principal principal, TargetPolicy target) throws AccessRefusedException {
        Optional<Verdict.Deny> refusal = conflicts.of(snapshot, principal, clock.instant()).stream()
                .flatMap(conflict -> conflict.refusal(target).stream())
                .findFirst();
        if (refusal.isPresent()) {
            Verdict.Deny deny = refusal.get();
            throw new AccessRefusedException(deny.error(), deny.message(), deny.hint());
        }
    }

    /** Why the principal could not act on the target, under a policy with what he would be given. */
    public Optional<String> conflict(PolicySnapshot snapshot, Principal principal, TargetPolicy target) {
        Stream<String> among = conflicts.of(snapshot, principal, clock.instant()).stream()
                .flatMap(conflict -> conflict.refusal(target).stream())
                .map(Verdict.Deny::message);
        Stream<String> alone = snapshot.constraints().all().stream()
                .flatMap(each -> each instanceof StaticConstraint fixed ? Stream.of(fixed) : Stream.empty())
                .filter(fixed ->
                        fixed.targets().selects(target) && fixed.violatedBy(snapshot.roleNames(principal, fixed)))
                .map(fixed -> principal.name() + " would hold roles together that one person must not: "
                        + String.join(", ", fixed.among(snapshot.roleNames(principal, fixed))) + " (" + fixed.name()
                        + ").");
        return Stream.concat(among, alone).findFirst();
    }

    /** Empty without a confirmed policy: then nothing is decided anyway. */
    public Map<Principal, List<PersonConflict>> among(Set<Principal> live) {
        var found = new HashMap<Principal, List<PersonConflict>>();
        board.current()
                .ifPresent(snapshot -> live.forEach(principal -> {
                    List<PersonConflict> own = conflicts.of(snapshot, principal, clock.instant());
                    if (!own.isEmpty()) {
                        found.put(principal, own);
                    }
                }));
        return found;
    }
}
