package org.countersign.connector.intercept;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.countersign.model.command.Command;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk;
import org.jspecify.annotations.Nullable;

/**
 * Commands that people decide about at once. Once they approved, each passes in its turn, once, in order, as the very
 * command that was approved, and not later than the approval allows. Confined to the session's event loop.
 */
final class HeldTogether {
    private final Function<Command, Verdict> judge;
    private final Function<Command, String> digest;
    private final LongSupplier nanos;
    private final Deque<Member> members = new ArrayDeque<>();
    private @Nullable Approved approved;

    /**
     * @param judge decides about a command, as the policy is now
     * @param digest of a command, see {@link org.countersign.model.port.ApprovalDigest}
     */
    HeldTogether(Function<Command, Verdict> judge, Function<Command, String> digest, LongSupplier nanos) {
        this.judge = judge;
        this.digest = digest;
        this.nanos = nanos;
    }

    /**
     * @param first that has its turn
     * @param whole all of them as one command
     * @param hold of the whole
     */
    record Sheaf(Command first, Command whole, Verdict.Hold hold, List<Command> behind, Company company) {
        /** Whether none of them has come to mean something else. */
        CompletionStage<Boolean> unchanged(Recheck ofFirst) {
            return ofFirst.unchanged()
                    .thenCompose(same -> same && !behind.isEmpty()
                            ? company.unchanged(behind)
                            : CompletableFuture.completedStage(same));
        }

        /** How the first may pass, where all may. */
        Passage ofFirst(Passage passage) {
            return passage instanceof Passage.Open(MaskPlan masks) && !behind.isEmpty()
                    ? new Passage.Open(part(masks, 0, first.outputs().size()))
                    : passage;
        }
    }

    /** How a command passes that was approved with one before it. */
    record Approval(UUID id, Verdict.Allow allow) {}

    /** @param rules that held them; what by now is held by others too is not covered */
    private record Approved(UUID id, List<String> rules, long policyVersion, Duration within, long since) {}

    private record Member(String digest, Verdict.Allow allow) {}

    /** What people are asked about: the commands that would be held each, as long as they would be as one. */
    Sheaf gather(Command first, Verdict.Hold hold, Company company) {
        over();
        var all = new ArrayList<>(List.of(first));
        for (Command next : company.behind()) {
            Verdict verdict = judge.apply(next);
            if (verdict instanceof Verdict.Hold) {
                all.add(next);
            } else if (verdict instanceof Verdict.Deny) {
                break;
            }
        }
        if (all.size() > 1) {
            Command whole = company.together(all);
            if (judge.apply(whole) instanceof Verdict.Hold strictest) {
                return new Sheaf(first, whole, strictest, List.copyOf(all.subList(1, all.size())), company);
            }
        }
        return new Sheaf(first, first, hold, List.of(), Company.NONE);
    }

    /** The approval of all of them was used up. */
    void redeemed(Sheaf sheaf, UUID approval, CommandDesk.Ruling ruling) {
        if (sheaf.behind().isEmpty() || !(ruling.verdict() instanceof Verdict.Allow allow)) {
            return;
        }
        int from = sheaf.first().outputs().size();
        for (Command command : sheaf.behind()) {
            int columns = command.outputs().size();
            members.add(new Member(
                    digest.apply(command), new Verdict.Allow(allow.rules(), part(allow.masks(), from, columns))));
            from += columns;
        }
        approved = new Approved(
                approval,
                sheaf.hold().rules(),
                ruling.policyVersion(),
                sheaf.hold().requirement().executeWithin(),
                nanos.getAsLong());
    }

    /** How a command passes that has its turn now and would be held; empty when it is not the next that was approved. */
    Optional<Approval> take(Command command, Verdict.Hold hold, long policyVersion) {
        Approved all = approved;
        @Nullable Member next = members.peek();
        if (all == null
                || next == null
                || all.policyVersion() != policyVersion
                || !all.rules().containsAll(hold.rules())
                || nanos.getAsLong() - all.since() > all.within().toNanos()
                || !next.digest().equals(digest.apply(command))) {
            return Optional.empty();
        }
        members.remove();
        return Optional.of(new Approval(all.id(), next.allow()));
    }

    /** What was sent together is over: nothing of the approval is left. */
    void over() {
        approved = null;
        members.clear();
    }

    private static MaskPlan part(MaskPlan plan, int from, int columns) {
        return new MaskPlan(
                plan.columns().subList(from, from + columns),
                plan.detectors(),
                plan.messagesScrubbed(),
                plan.maxRows());
    }
}
