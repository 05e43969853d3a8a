package org.countersign.model.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has to countersign, and in what time.
 *
 * @param steps in the order in which they open: the first one first, each next one when the one before is complete. Nobody
 *     counts in two of them. Without any, nobody can approve
 * @param expiresAfter how long the request waits for its decisions
 * @param executeWithin how long after the last decision the command may run
 */
public record ApprovalRequirement(
        List<ApprovalStep> steps, Duration expiresAfter, Duration executeWithin, ApprovalTerms terms) {
    public ApprovalRequirement {
        steps = List.copyOf(steps);
        if (!expiresAfter.isPositive() || !executeWithin.isPositive()) {
            throw new IllegalArgumentException("an approval needs some time");
        }
    }

    /** One step for each of the approvers, each with this quorum, and no further terms. */
    public ApprovalRequirement(List<Approvers> approvers, int quorum, Duration expiresAfter, Duration executeWithin) {
        this(
                approvers.stream().map(group -> new ApprovalStep(group, quorum)).toList(),
                expiresAfter,
                executeWithin,
                ApprovalTerms.NONE);
    }

    /** How many of what is named a person has to match. */
    public enum Match {
        ANY,
        ALL
    }

    /**
     * Persons who hold the realm roles, are in the groups or are named, or who have to do with this request.
     *
     * @param ownersOfTarget whoever the target's manifest names as its owners
     * @param managerOfRequester whom the identity provider names as manager of the person who asked, or for whom it was asked
     * @param match one of everything that is named, or every role and every group and, where users are named, one of them
     */
    public record Approvers(
            Set<String> realmRoles,
            Set<String> groups,
            Set<String> users,
            boolean ownersOfTarget,
            boolean managerOfRequester,
            Match match) {
        public Approvers {
            realmRoles = Set.copyOf(realmRoles);
            groups = Set.copyOf(groups);
            users = Set.copyOf(users);
        }

        /** Persons who match any. */
        public Approvers(Set<String> realmRoles, Set<String> groups, Set<String> users) {
            this(realmRoles, groups, users, false, false, Match.ANY);
        }

        public boolean nobody() {
            return realmRoles.isEmpty()
                    && groups.isEmpty()
                    && users.isEmpty()
                    && !ownersOfTarget
                    && !managerOfRequester;
        }

        /** Approvers who are not named are nobody, whatever they have to match. */
        public boolean include(Candidate who) {
            return switch (match) {
                case ANY ->
                    users.contains(who.user())
                            || who.realmRoles().stream().anyMatch(realmRoles::contains)
                            || who.groups().stream().anyMatch(groups::contains)
                            || (ownersOfTarget && who.ownsTarget())
                            || (managerOfRequester && who.managesRequester());
                case ALL ->
                    !nobody()
                            && who.realmRoles().containsAll(realmRoles)
                            && who.groups().containsAll(groups)
                            && (users.isEmpty() || users.contains(who.user()))
                            && (!ownersOfTarget || who.ownsTarget())
                            && (!managerOfRequester || who.managesRequester());
            };
        }
    }

    /** What is known of somebody who may be an approver of one request. */
    public record Candidate(
            String user, Set<String> realmRoles, Set<String> groups, boolean ownsTarget, boolean managesRequester) {
        public Candidate {
            realmRoles = Set.copyOf(realmRoles);
            groups = Set.copyOf(groups);
        }
    }

    /** Returns how many persons it takes altogether. */
    public int persons() {
        return steps.stream().mapToInt(ApprovalStep::quorum).sum();
    }

    /** Returns how long after the request the first step takes further persons; empty when none ever does. */
    public Optional<Duration> firstEscalation() {
        return steps.stream()
                .flatMap(step -> step.escalation().stream())
                .map(ApprovalStep.Escalation::after)
                .min(Comparator.naturalOrder());
    }

    /** The strictest union: every step of both, the shorter times, the terms of both. Steps of the same approvers are one. */
    public ApprovalRequirement and(ApprovalRequirement other) {
        var all = new ArrayList<ApprovalStep>(steps);
        for (ApprovalStep step : other.steps) {
            Optional<ApprovalStep> same =
                    all.stream().filter(step::sameApprovers).findFirst();
            if (same.isPresent()) {
                all.set(all.indexOf(same.get()), same.get().and(step));
            } else {
                all.add(step);
            }
        }
        return new ApprovalRequirement(
                all,
                shorter(expiresAfter, other.expiresAfter),
                shorter(executeWithin, other.executeWithin),
                terms.and(other.terms));
    }

    /** Returns whether what satisfied this requirement satisfies the other one too; the order of steps does not count. */
    public boolean covers(ApprovalRequirement asked) {
        return asked.steps.stream().allMatch(step -> steps.stream().anyMatch(met -> met.covers(step)))
                && terms.covers(asked.terms);
    }

    private static Duration shorter(Duration one, Duration two) {
        return one.compareTo(two) <= 0 ? one : two;
    }
}
