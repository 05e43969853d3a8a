package org.countersign.core.audit;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.masking.ContentScanner;
import org.countersign.model.session.Person;

/**
 * One privileged command and everybody who had a hand in it.
 *
 * @param id of the approval, where there is one
 * @param at when it was asked for
 * @param responsible every account of everybody who answered for the initiator when he asked
 * @param executor name of whoever it ran as; empty when it never ran
 * @param kinds what it is, such as {@code update}
 * @param outcome the state of the approval
 * @param justification why it was asked for, in the requester's words; may be empty
 * @param ticket of a request for a role for a time; may be empty
 */
public record EvidenceRow(
        UUID id,
        Instant at,
        Optional<UUID> approval,
        UUID session,
        PrincipalView initiator,
        Set<Person> responsible,
        List<Countersignature> decisions,
        Optional<String> executor,
        String target,
        String kinds,
        List<String> actions,
        List<String> resources,
        List<String> rules,
        long policyVersion,
        String outcome,
        String justification,
        String ticket) {
    private static final Set<String> PASSED = Set.of("approved", "executed", "failed");

    public EvidenceRow {
        responsible = Set.copyOf(responsible);
        decisions = List.copyOf(decisions);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        rules = List.copyOf(rules);
    }

    /**
     * What one person said, with the sets that were compared then.
     *
     * @param inPlaceOf the approver who had delegated to this person
     * @param decision {@code approve} or {@code reject}
     * @param accounts every account of this person; empty for what was decided before the sets were kept
     * @param requesters every account of everybody who answered for the request at that time
     */
    public record Countersignature(
            String by,
            Optional<String> inPlaceOf,
            String decision,
            String reason,
            Instant at,
            Set<Person> accounts,
            Set<Person> requesters) {
        public Countersignature {
            accounts = Set.copyOf(accounts);
            requesters = Set.copyOf(requesters);
        }
    }

    /** As somebody sees it who may not see every value that requesters type. */
    EvidenceRow seenThrough(ContentScanner scanner) {
        return new EvidenceRow(
                id,
                at,
                approval,
                session,
                initiator,
                responsible,
                decisions,
                executor,
                target,
                kinds,
                actions,
                resources,
                rules,
                policyVersion,
                outcome,
                scanner.scan(justification).map(ContentScanner.Masked::text).orElse(justification),
                ticket);
    }

    /** Whether those who asked and those who agreed are different persons. */
    public enum Proof {
        /** Nobody agreed, so there is nobody to compare. */
        NOBODY_DECIDED,
        DISJOINT,
        /** The sets of a decision were not kept, or something was let through and no decision was. */
        UNPROVED,
        /** Somebody is on both sides, or agreed twice. */
        SHARED;

        /** The stable name in the API: {@code nobody-decided}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether it was let through, which needs somebody's decision. */
    boolean passed() {
        return PASSED.contains(outcome);
    }

    public Proof proof() {
        if (decisions.isEmpty()) {
            return passed() ? Proof.UNPROVED : Proof.NOBODY_DECIDED;
        }
        if (!shared().isEmpty()) {
            return Proof.SHARED;
        }
        return decisions.stream()
                        .anyMatch(decision -> decision.accounts().isEmpty()
                                || decision.requesters().isEmpty())
                ? Proof.UNPROVED
                : Proof.DISJOINT;
    }

    /** The accounts that are in two of the sets that must not meet; empty as it should be. */
    public Set<String> shared() {
        var asked = new HashSet<>(responsible);
        decisions.forEach(decision -> asked.addAll(decision.requesters()));
        var seen = new HashSet<>(asked);
        var shared = new HashSet<Person>();
        for (Countersignature decision : decisions) {
            decision.accounts().stream().filter(seen::contains).forEach(shared::add);
            seen.addAll(decision.accounts());
        }
        return shared.stream().map(Person::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
