package org.countersign.connector.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.Parameter;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDigest;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.port.SessionGrant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one gate: every command of every protocol is received, decided and ended here, and each of these is on the disk
 * before its consequence. Confined to the session's event loop.
 */
public final class CommandGate {
    private static final Logger LOG = Logger.getLogger(CommandGate.class);
    private static final Duration EXPIRY_SLACK = Duration.ofSeconds(5);
    private final SessionGrant grant;
    private final CommandDesk commands;
    private final ApprovalDesk approvals;
    private final SessionRecorder recorder;
    private final Tally tally;
    private final EventLoop loop;
    private final Executor work;
    private @Nullable Wait wait;

    public CommandGate(
            SessionGrant grant,
            CommandDesk commands,
            ApprovalDesk approvals,
            SessionRecorder recorder,
            Tally tally,
            EventLoop loop,
            Executor work) {
        this.grant = grant;
        this.commands = commands;
        this.approvals = approvals;
        this.recorder = recorder;
        this.tally = tally;
        this.loop = loop;
        this.work = work;
    }

    /** A command that waits for other people. */
    private record Wait(PendingCommand pending, ApprovalDesk.Receipt receipt) {}

    /** Takes a command in; nothing of it may leave before {@link PendingCommand#recorded()}. */
    public PendingCommand receive(String text, List<Parameter> parameters) {
        return new PendingCommand(tally.command(), text, command -> recorder.received(command, parameters));
    }

    /** Adds the values to a command that was received without them. */
    public CompletionStage<Void> bound(PendingCommand pending, List<Parameter> parameters) {
        return recorder.received(pending, parameters);
    }

    /** Refuses what could not be understood; the policy is not asked. */
    public CompletionStage<Passage.Closed> refuse(
            PendingCommand pending, String kind, CountersignError error, String message, String hint) {
        var deny = new Verdict.Deny(List.of(), error, message, hint);
        tally.denied();
        return recorder.refused(pending, kind, deny).thenApply(durable -> closed(deny));
    }

    /** Decides; completes once the verdict is durable, for a hold once people have decided. */
    public CompletionStage<Passage> submit(PendingCommand pending, Command command, Requester requester) {
        long before = pending.sequence() - 1;
        CommandDesk.Ruling ruling = decide(command, before);
        return switch (ruling.verdict()) {
            case Verdict.Allow allow ->
                recorder.verdict(pending, command, ruling, null).thenApply(durable -> new Passage.Open(allow.masks()));
            case Verdict.Deny deny -> {
                tally.denied();
                yield recorder.verdict(pending, command, ruling, null).thenApply(durable -> closed(deny));
            }
            case Verdict.Hold hold -> {
                tally.held();
                var held = new HeldCommand(
                        grant.facts(),
                        command,
                        before,
                        ApprovalDigest.of(grant.facts(), grant.upstream(), command),
                        hold,
                        ruling.policyVersion(),
                        requester.defers());
                yield hold(pending, held, ruling, requester);
            }
        };
    }

    private CommandDesk.Ruling decide(Command command, long before) {
        try {
            return commands.decide(grant.facts(), command, before);
        } catch (RuntimeException e) {
            LOG.errorf(e, "no decision session=%s", grant.facts().id());
            return undecided();
        }
    }

    private static CommandDesk.Ruling undecided() {
        return new CommandDesk.Ruling(
                new Verdict.Deny(
                        List.of(),
                        CountersignError.POLICY_NOT_CONFIRMED,
                        "The gateway could not decide about this command, so it did not run.",
                        "Try again; if it stays so, tell an administrator."),
                0);
    }

    private CompletionStage<Passage> hold(
            PendingCommand pending, HeldCommand held, CommandDesk.Ruling ruling, Requester requester) {
        var outcome = new CompletableFuture<ApprovalDesk.Outcome>();
        return recorder.verdict(pending, held.command(), ruling, null)
                .thenCompose(durable ->
                        work(() -> approvals.request(held, settled -> onLoop(() -> outcome.complete(settled)))))
                .thenCompose(receipt -> received(pending, held, receipt, outcome, requester))
                .exceptionally(CommandGate::unavailable);
    }

    private CompletionStage<Passage> received(
            PendingCommand pending,
            HeldCommand held,
            ApprovalDesk.Receipt receipt,
            CompletableFuture<ApprovalDesk.Outcome> outcome,
            Requester requester) {
        return recorder.held(pending, receipt).thenCompose(durable -> switch (receipt.state()) {
            case APPROVED -> redeem(pending, held, receipt, requester);
            case PENDING ->
                held.deferred() ? deferred(held, receipt) : wait(pending, held, receipt, outcome, requester);
            case REJECTED, EXPIRED, WITHDRAWN, EXECUTED, FAILED ->
                CompletableFuture.completedStage(
                        over(held, receipt, new ApprovalDesk.Outcome(receipt.state(), List.of(), "")));
        });
    }

    private static CompletionStage<Passage> deferred(HeldCommand held, ApprovalDesk.Receipt receipt) {
        return CompletableFuture.completedStage(hold(
                CountersignError.APPROVAL_NEEDED,
                held,
                receipt,
                "Approval needed: " + held.hold().message(),
                "Send exactly this command again once approval " + receipt.approval() + " was given: "
                        + receipt.url()));
    }

    private CompletionStage<Passage> wait(
            PendingCommand pending,
            HeldCommand held,
            ApprovalDesk.Receipt receipt,
            CompletableFuture<ApprovalDesk.Outcome> outcome,
            Requester requester) {
        if (!requester.present()) {
            withdraw(receipt, "the client left");
            return CompletableFuture.failedStage(new IllegalStateException("the client left"));
        }
        wait = new Wait(pending, receipt);
        var latest = Duration.between(Instant.now(), receipt.expiresAt()).plus(EXPIRY_SLACK);
        var timer = loop.schedule(
                () -> outcome.complete(new ApprovalDesk.Outcome(ApprovalDesk.State.EXPIRED, List.of(), "")),
                Math.max(0, latest.toMillis()),
                TimeUnit.MILLISECONDS);
        requester.waiting(receipt);
        return outcome.thenCompose(settled -> {
            timer.cancel(false);
            wait = null;
            requester.settled();
            return recorder.decision(pending, receipt.approval(), settled)
                    .thenCompose(durable -> settled.state() == ApprovalDesk.State.APPROVED
                            ? redeem(pending, held, receipt, requester)
                            : CompletableFuture.completedStage(over(held, receipt, settled)));
        });
    }

    private CompletionStage<Passage> redeem(
            PendingCommand pending, HeldCommand held, ApprovalDesk.Receipt receipt, Requester requester) {
        if (!requester.present()) {
            return CompletableFuture.failedStage(new IllegalStateException("the client left"));
        }
        return work(() -> approvals.redeem(receipt.approval(), held)).thenCompose(ruling -> {
            if (ruling.verdict() instanceof Verdict.Allow) {
                pending.approvedBy(receipt.approval());
            }
            return recorder.verdict(pending, held.command(), ruling, receipt.approval())
                    .thenApply(durable -> switch (ruling.verdict()) {
                        case Verdict.Allow allow -> new Passage.Open(allow.masks());
                        case Verdict.Deny deny -> closed(deny);
                        case Verdict.Hold again ->
                            hold(CountersignError.APPROVAL_NEEDED, held, receipt, again.message(), "Send it again.");
                    });
        });
    }

    /** The way a command's response takes to the client. */
    public ResponseStream response(
            PendingCommand pending,
            Supplier<ByteBuf> buffers,
            ResponseStream.Release release,
            Flow flow,
            int chunkBytes) {
        return new ResponseStream(recorder, pending, buffers, release, flow, chunkBytes);
    }

    /** Records the end of a command and settles its approval; later calls for the same command do nothing. */
    public void finish(PendingCommand pending, Outcome outcome) {
        if (!pending.end()) {
            return;
        }
        recorder.finished(pending, outcome);
        pending.approval()
                .ifPresent(approval -> quietly(() -> approvals.finished(approval, outcome == Outcome.EXECUTED)));
    }

    /** The session is over: whoever waits need not any more. */
    public void abandon(String reason) {
        Wait current = wait;
        if (current != null) {
            wait = null;
            withdraw(current.receipt(), reason);
            finish(current.pending(), Outcome.REFUSED);
        }
    }

    private void withdraw(ApprovalDesk.Receipt receipt, String reason) {
        quietly(() -> approvals.withdraw(receipt.approval(), reason));
    }

    private static Passage.Closed closed(Verdict.Deny deny) {
        return new Passage.Closed(
                "deny", deny.error(), deny.rules(), deny.message(), deny.hint(), Optional.empty(), Optional.empty());
    }

    private static Passage unavailable(Throwable failure) {
        LOG.error("no approval could be asked for", failure);
        return new Passage.Closed(
                "deny",
                CountersignError.POLICY_NOT_CONFIRMED,
                List.of(),
                "The gateway could not ask for approval, so the command did not run.",
                "Try again; if it stays so, tell an administrator.",
                Optional.empty(),
                Optional.empty());
    }

    private static Passage over(HeldCommand held, ApprovalDesk.Receipt receipt, ApprovalDesk.Outcome settled) {
        return switch (settled.state()) {
            case REJECTED ->
                hold(
                        CountersignError.REJECTED,
                        held,
                        receipt,
                        rejection(settled),
                        "Talk to the approver before you ask again.");
            case EXPIRED ->
                hold(
                        CountersignError.EXPIRED,
                        held,
                        receipt,
                        "Nobody approved the command in time.",
                        "Send it again to ask once more.");
            case PENDING, APPROVED, WITHDRAWN, EXECUTED, FAILED ->
                hold(
                        CountersignError.EXPIRED,
                        held,
                        receipt,
                        "The approval can no longer be used.",
                        "Send the command again to ask once more.");
        };
    }

    private static String rejection(ApprovalDesk.Outcome settled) {
        String by = settled.by().isEmpty() ? "" : " by " + String.join(", ", settled.by());
        return "The approval was rejected" + by + (settled.reason().isBlank() ? "." : ": " + settled.reason());
    }

    private static Passage hold(
            CountersignError error, HeldCommand held, ApprovalDesk.Receipt receipt, String message, String hint) {
        return new Passage.Closed(
                "hold",
                error,
                held.hold().rules(),
                message,
                hint,
                Optional.of(receipt.approval()),
                Optional.of(receipt.url()));
    }

    private <T> CompletionStage<T> work(Supplier<T> task) {
        var answer = new CompletableFuture<T>();
        Consumer<Throwable> failed = answer::completeExceptionally;
        try {
            work.execute(() -> {
                try {
                    T value = task.get();
                    onLoop(() -> answer.complete(value));
                } catch (RuntimeException | Error e) {
                    onLoop(() -> failed.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            failed.accept(e);
        }
        return answer;
    }

    private void quietly(Runnable task) {
        try {
            work.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.errorf(
                            e,
                            "an approval could not be settled session=%s",
                            grant.facts().id());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warnf(
                    "an approval could not be settled session=%s", grant.facts().id());
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debugf("the event loop is gone session=%s", grant.facts().id());
        }
    }
}
