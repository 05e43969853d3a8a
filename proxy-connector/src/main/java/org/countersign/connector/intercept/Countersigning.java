package org.countersign.connector.intercept;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.HeldCommand;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes a held command to those who may countersign it, and back. No thread waits; one command of a session does at a
 * time. Confined to the session's event loop.
 */
final class Countersigning {
    private static final Logger LOG = Logger.getLogger(Countersigning.class);
    private static final Duration EXPIRY_SLACK = Duration.ofSeconds(5);
    private static final ApprovalDesk.Outcome CANCELED =
            new ApprovalDesk.Outcome(ApprovalDesk.State.WITHDRAWN, List.of(), "the client canceled the command");
    private final ApprovalDesk approvals;
    private final SessionRecorder recorder;
    private final EventLoop loop;
    private final OffLoop work;
    private final Duration longest;
    private final Metrics metrics;
    private @Nullable Wait wait;

    Countersigning(
            ApprovalDesk approvals,
            SessionRecorder recorder,
            EventLoop loop,
            OffLoop work,
            Duration longest,
            Metrics metrics) {
        this.approvals = approvals;
        this.recorder = recorder;
        this.loop = loop;
        this.work = work;
        this.longest = longest;
        this.metrics = metrics;
    }

    /** A command that waits for other people, no longer than its timer. */
    private record Wait(
            PendingCommand pending,
            ApprovalDesk.Receipt receipt,
            Future<?> timer,
            CompletableFuture<ApprovalDesk.Outcome> outcome) {}

    /** There is nobody left to tell. */
    private static final class LeftException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeftException() {
            super("the client left", null, false, false);
        }
    }

    /**
     * What belongs to one held command.
     *
     * @param command the one that waits
     * @param held that one, or it and others, as people decide about it
     * @param redeemed told of the approval once it is used up, before the command passes
     */
    record Request(
            PendingCommand pending,
            Command command,
            HeldCommand held,
            Requester requester,
            Recheck recheck,
            BiConsumer<UUID, CommandDesk.Ruling> redeemed) {}

    /** Completes when people have decided; with an open passage only after their approval was used up. */
    CompletionStage<Passage> hold(Request request, CommandDesk.Ruling ruling) {
        HeldCommand held = request.held();
        var outcome = new CompletableFuture<ApprovalDesk.Outcome>();
        return recorder.verdict(request.pending(), request.command(), ruling, null)
                .thenCompose(durable ->
                        work.call(() -> approvals.request(held, settled -> work.back(() -> outcome.complete(settled)))))
                .thenCompose(receipt -> requested(request, receipt, outcome))
                .exceptionally(Countersigning::failed);
    }

    private CompletionStage<Passage> requested(
            Request request, ApprovalDesk.Receipt receipt, CompletableFuture<ApprovalDesk.Outcome> outcome) {
        HeldCommand held = request.held();
        return recorder.held(request.pending(), receipt).thenCompose(durable -> switch (receipt.state()) {
            case APPROVED -> redeem(request, receipt);
            case PENDING ->
                held.deferred()
                        ? CompletableFuture.completedStage(Closings.deferred(held, receipt))
                        : wait(request, receipt, outcome);
            case REJECTED, EXPIRED, WITHDRAWN, EXECUTED, FAILED ->
                CompletableFuture.completedStage(
                        Closings.over(held, receipt, new ApprovalDesk.Outcome(receipt.state(), List.of(), "")));
        });
    }

    private CompletionStage<Passage> wait(
            Request request, ApprovalDesk.Receipt receipt, CompletableFuture<ApprovalDesk.Outcome> outcome) {
        if (!request.requester().present()) {
            withdraw(receipt, "the client left");
            return clientLeft();
        }
        var expiry = Duration.between(Instant.now(), receipt.expiresAt()).plus(EXPIRY_SLACK);
        boolean tooLong = expiry.compareTo(longest) > 0;
        var timer = loop.schedule(
                () -> {
                    if (tooLong) {
                        metrics.count(Metric.HELD_TIMED_OUT);
                        withdraw(receipt, "the gateway waits no longer");
                    }
                    outcome.complete(new ApprovalDesk.Outcome(ApprovalDesk.State.EXPIRED, List.of(), ""));
                },
                Math.max(0, (tooLong ? longest : expiry).toMillis()),
                TimeUnit.MILLISECONDS);
        wait = new Wait(request.pending(), receipt, timer, outcome);
        metrics.add(Metric.HELD, 1);
        request.requester().waiting(receipt);
        return outcome.thenCompose(settled -> {
            if (wait == null) {
                return clientLeft();
            }
            timer.cancel(false);
            wait = null;
            metrics.add(Metric.HELD, -1);
            request.requester().settled();
            return recorder.decision(request.pending(), receipt.approval(), settled)
                    .thenCompose(durable -> settled.state() == ApprovalDesk.State.APPROVED
                            ? redeem(request, receipt)
                            : CompletableFuture.completedStage(
                                    settled.equals(CANCELED)
                                            ? Closings.canceled(request.held(), receipt)
                                            : Closings.over(request.held(), receipt, settled)));
        });
    }

    /** The client does not want the waiting command any more; returns whether one waits. */
    boolean cancel() {
        Wait current = wait;
        if (current == null || !current.outcome().complete(CANCELED)) {
            return false;
        }
        withdraw(current.receipt(), CANCELED.reason());
        return true;
    }

    private CompletionStage<Passage> redeem(Request request, ApprovalDesk.Receipt receipt) {
        if (!request.requester().present()) {
            return clientLeft();
        }
        return request.recheck()
                .unchanged()
                .thenCompose(same -> same ? use(request, receipt) : waste(request, receipt));
    }

    private CompletionStage<Passage> use(Request request, ApprovalDesk.Receipt receipt) {
        HeldCommand held = request.held();
        return work.call(() -> approvals.redeem(receipt.approval(), held))
                .thenApply(ruling -> ruling.verdict() instanceof Verdict.Allow
                                && !request.pending().begins(ruling.allowance())
                        ? ruling.with(Closings.overdrawn())
                        : ruling)
                .thenCompose(ruling -> {
                    if (ruling.verdict() instanceof Verdict.Allow) {
                        request.pending().approvedBy(receipt.approval());
                        request.redeemed().accept(receipt.approval(), ruling);
                    }
                    return recorder.verdict(request.pending(), request.command(), ruling, receipt.approval())
                            .<Passage>thenApply(durable -> switch (ruling.verdict()) {
                                case Verdict.Allow allow -> new Passage.Open(allow.masks());
                                case Verdict.Deny deny -> Closings.denied(deny);
                                case Verdict.Hold again -> Closings.again(held, receipt, again);
                            });
                })
                .exceptionallyCompose(failure -> unused(receipt, failure));
    }

    /** Whether the approval is used up is not known here, but that nothing ran for it is; said before anything else. */
    private CompletionStage<Passage> unused(ApprovalDesk.Receipt receipt, Throwable failure) {
        return work.call(() -> {
                    approvals.finished(receipt.approval(), ApprovalDesk.End.NOT_EXECUTED);
                    return true;
                })
                .handle((told, trouble) -> failure)
                .thenCompose(CompletableFuture::failedStage);
    }

    /** The approval was for something else: it is given up, so that it cannot be used for anything. */
    private CompletionStage<Passage> waste(Request request, ApprovalDesk.Receipt receipt) {
        work.quietly(() -> approvals.finished(receipt.approval(), ApprovalDesk.End.NOT_EXECUTED));
        return CompletableFuture.completedStage(Closings.changed(request.held(), receipt));
    }

    /** The session is over; returns the command that was waiting. */
    Optional<PendingCommand> abandon(String reason) {
        Wait current = wait;
        if (current == null) {
            return Optional.empty();
        }
        wait = null;
        metrics.add(Metric.HELD, -1);
        current.timer().cancel(false);
        withdraw(current.receipt(), reason);
        return Optional.of(current.pending());
    }

    /** Settles an approval that was used. */
    void finished(PendingCommand pending, Outcome outcome) {
        ApprovalDesk.End end = switch (outcome) {
            case EXECUTED -> ApprovalDesk.End.EXECUTED;
            case REFUSED, EXPLAINED, FAILED -> ApprovalDesk.End.NOT_EXECUTED;
            case UNKNOWN -> ApprovalDesk.End.UNKNOWN;
        };
        pending.approval().ifPresent(approval -> work.quietly(() -> approvals.finished(approval, end)));
    }

    private void withdraw(ApprovalDesk.Receipt receipt, String reason) {
        work.quietly(() -> approvals.withdraw(receipt.approval(), reason));
    }

    private static CompletionStage<Passage> clientLeft() {
        return CompletableFuture.failedStage(new LeftException());
    }

    private static Passage failed(Throwable failure) {
        if (!(failure instanceof LeftException || failure.getCause() instanceof LeftException)) {
            LOG.error("no approval could be asked for", failure);
        }
        return Closings.notAsked();
    }
}
