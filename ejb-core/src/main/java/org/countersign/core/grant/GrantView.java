package org.countersign.core.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.policy.Grant;
import org.countersign.model.session.Person;

/**
 * A role for a time, as one viewer sees it.
 *
 * @param rule the name of the Eligibility or BreakGlass manifest
 * @param name what verdicts and recordings call it: {@code grant:5c1e…}
 * @param responsible every account of everybody who answered for the holder when he asked
 * @param single whether it is for one command
 * @param approval the request that others decide; empty for break-glass
 * @param endedBy who ended it before its time; empty when nobody did
 * @param reviewDue when the review should be there; empty while it is not over, and for grants
 * @param mayEnd whether this viewer may take it back, revoke it or end it now
 * @param mayReview whether a review by this viewer would be accepted now
 * @param whyNot why not, in words; empty where there is nothing to review
 */
public record GrantView(
        UUID id,
        Grant.Kind kind,
        GrantState state,
        String rule,
        String name,
        String role,
        PrincipalView principal,
        Set<Person> responsible,
        String target,
        List<String> actions,
        List<String> resources,
        List<String> functions,
        List<String> overrides,
        boolean single,
        Duration duration,
        String reason,
        String ticket,
        Optional<UUID> approval,
        Instant requestedAt,
        Optional<Instant> startsAt,
        Optional<Instant> endsAt,
        Optional<Instant> endedAt,
        Optional<String> endedBy,
        String endedReason,
        long uses,
        Optional<Instant> firstUse,
        Optional<Instant> lastUse,
        Optional<Instant> reviewDue,
        Optional<ReviewView> review,
        boolean mayEnd,
        boolean mayReview,
        String whyNot) {
    public GrantView {
        responsible = Set.copyOf(responsible);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        functions = List.copyOf(functions);
        overrides = List.copyOf(overrides);
    }

    /**
     * @param accounts every account of the reviewer
     * @param reviewed every account of everybody who answered for the use
     */
    public record ReviewView(
            String by, Finding finding, String words, Instant at, Set<Person> accounts, Set<Person> reviewed) {
        public ReviewView {
            accounts = Set.copyOf(accounts);
            reviewed = Set.copyOf(reviewed);
        }
    }

    /** Returns whether somebody else still has to look at it. */
    public boolean unreviewed() {
        return kind == Grant.Kind.BREAK_GLASS && review.isEmpty();
    }

    public boolean active() {
        return state == GrantState.ACTIVE;
    }

    /** The same, with what this viewer may do. */
    GrantView seen(boolean end, boolean reviews, String why) {
        return new GrantView(
                id,
                kind,
                state,
                rule,
                name,
                role,
                principal,
                responsible,
                target,
                actions,
                resources,
                functions,
                overrides,
                single,
                duration,
                reason,
                ticket,
                approval,
                requestedAt,
                startsAt,
                endsAt,
                endedAt,
                endedBy,
                endedReason,
                uses,
                firstUse,
                lastUse,
                reviewDue,
                review,
                end,
                reviews,
                why);
    }
}
