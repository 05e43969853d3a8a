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
        String outcome) {
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
     * @param decision {@code approve} or {@code reject}
     * @param accounts every account of this person; empty for what was decided before the sets were kept
     * @param requesters every account of everybody who answered for the request at that time
     */
    public record Countersignature(
            String by, String decision, String reason, Instant at, Set<Person> accounts, Set<Person> requesters) {
        public Countersignature {
            accounts = Set.copyOf(accounts);
            requesters = Set.copyOf(requesters);
        }
    }

    /** Whether those who asked and those who agreed are different persons. */
    public enum Proof {
        /** Nobody agreed, so there is nobody to compare. */
        NOBODY_DECIDED,
        DISJOINT,
        /** The sets of a decision were not kept. */
        UNPROVED,
        /** Somebody is on both sides, or agreed twice. */
        SHARED;

        /** The stable name in the API: {@code nobody-decided}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Proof proof() {
        if (decisions.isEmpty()) {
            return Proof.NOBODY_DECIDED;
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
