package org.countersign.core.approval;

import java.time.Instant;
import java.util.Optional;
import org.countersign.model.port.ApprovalDesk;

/**
 * Which approvals a list shows.
 *
 * @param principal the requester's exact name
 * @param from the earliest time of the request, included
 * @param to the latest time of the request, excluded
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 * @param settled only what is no longer pending
 */
public record ApprovalFilter(
        Optional<ApprovalDesk.State> state,
        Optional<String> principal,
        Optional<String> target,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        Optional<String> after,
        boolean settled) {
    /** Settled or not. */
    public ApprovalFilter(
            Optional<ApprovalDesk.State> state,
            Optional<String> principal,
            Optional<String> target,
            Optional<Instant> from,
            Optional<Instant> to,
            int limit,
            Optional<String> after) {
        this(state, principal, target, from, to, limit, after, false);
    }

    /** What is no longer pending, newest first. */
    public static ApprovalFilter settled(int limit, Optional<String> after) {
        return new ApprovalFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                after,
                true);
    }

    /** All approvals a caller may see, newest first. */
    public static ApprovalFilter newest(int limit) {
        return new ApprovalFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                Optional.empty());
    }
}
