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

    /** What a request is about, for the constraints: requests for the same are in conflict with the same. */
    record Asked(String target, List<Deed> deeds) {
        static Asked by(ApprovalEntity approval) {
            return new Asked(approval.target(), DecidersPast.deeds(approval));
        }
    }

    /** The constraint, and the earlier act if it asks for one, that keep somebody from deciding, in words. */
    Optional<String> conflict(Asked asked, Decider decider, Instant now) {
        PolicySnapshot snapshot = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody can say who may decide"));
        return check.againstApproving(
                        snapshot, asked.target(), decider.caller().principal(), decider.asOne(), asked.deeds(), now)
                .map(Verdict.Deny::message);
    }

    /**
     * As {@link #conflict}; nothing that concerns his accounts changes until the transaction ends.
     *
     * @throws ApprovalRefusedException when there is one
     */
    void check(ApprovalEntity approval, Decider decider, Instant now) throws ApprovalRefusedException {
        check.oneAtATime(decider.asOne());
        Optional<String> conflict = conflict(Asked.by(approval), decider, now);
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
