package org.countersign.core.approval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.countersign.core.approval.ApprovalView.CommandToApprove;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.segregation.Act;
import org.countersign.core.segregation.PastCheck;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Verdict;

/** What those who decide did before, and that they decided. Needs a transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class DecidersPast {
    private static final String COLUMNS_OPEN = ".(";

    @Inject
    private PastCheck check;

    @Inject
    private PolicyBoard board;

    public DecidersPast() {}

    DecidersPast(PastCheck check, PolicyBoard board) {
        this.check = check;
        this.board = board;
    }

    /** Who would decide what, for the constraints: requests for the same are in conflict with the same. */
    record Asked(String target, List<Deed> deeds, Decider decider) {
        /** Whoever delegated without being an approver gave nothing, so that what he did is held against nobody. */
        static Asked of(ApprovalEntity approval, Decider decider, Surroundings around, Instant now) {
            Progress progress = approval.progress(now);
            return new Asked(
                    approval.target(),
                    DecidersPast.deeds(approval),
                    decider.with(decider.delegators().stream()
                            .filter(delegator -> progress.anyStepOf(around.candidate(delegator)))
                            .toList()));
        }
    }

    /** The constraint, and the earlier act if it asks for one, that keep somebody from deciding, in words. */
    Optional<String> conflict(Asked asked, Instant now) {
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody can say who may decide"));
        Decider decider = asked.decider();
        return check.holding(snapshot, asked.target(), decider.caller().principal(), decider.himself(), now)
                .or(() -> decider.delegators().stream()
                        .flatMap(delegator -> check
                                .holding(
                                        snapshot,
                                        asked.target(),
                                        delegator.asIfCalling().principal(),
                                        delegator.accounts(),
                                        now)
                                .stream())
                        .findFirst())
                .or(() -> check.againstApproving(snapshot, asked.target(), decider.asOne(), asked.deeds(), now))
                .map(Verdict.Deny::message);
    }

    /**
     * As {@link #conflict}; nothing that concerns his accounts changes until the transaction ends.
     *
     * @throws ApprovalRefusedException when there is one
     */
    void check(Asked asked, Instant now) throws ApprovalRefusedException {
        check.oneAtATime(asked.decider().asOne());
        Optional<String> conflict = conflict(asked, now);
        if (conflict.isPresent()) {
            throw new ApprovalRefusedException(RefusalReason.CONFLICT_OF_DUTIES, conflict.get());
        }
    }

    void decided(ApprovalEntity approval, Caller caller, DecisionKind decision, Instant now) {
        check.note(new Act(
                Act.Origin.APPROVAL,
                approval.id(),
                caller.principal(),
                approval.target(),
                deeds(approval).stream()
                        .map(deed -> new Deed("approval:" + decision.label(), deed.resource()))
                        .distinct()
                        .toList(),
                0,
                Optional.of(approval.id()),
                now));
    }

    /** An approval keeps the actions and the resources of a command, not which belong together: any may. */
    private static List<Deed> deeds(ApprovalEntity approval) {
        var deeds = new LinkedHashSet<Deed>();
        for (CommandToApprove command : approval.commands()) {
            for (String action : command.actions()) {
                command.resources().forEach(resource -> deeds.add(new Deed(action, withoutColumns(resource))));
            }
        }
        return List.copyOf(deeds);
    }

    private static String withoutColumns(String resource) {
        boolean quoted = false;
        for (int i = 0; i < resource.length(); i++) {
            quoted ^= resource.charAt(i) == '"';
            if (!quoted && resource.startsWith(COLUMNS_OPEN, i)) {
                return resource.substring(0, i);
            }
        }
        return resource;
    }
}
