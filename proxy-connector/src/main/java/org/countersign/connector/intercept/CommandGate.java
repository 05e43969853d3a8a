package org.countersign.connector.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.countersign.connector.metrics.Metrics;
import org.countersign.journal.Haste;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.Parameter;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.policy.TypedValues;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.ApprovalDigest;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.port.SessionGrant;
import org.jboss.logging.Logger;

/**
 * The one gate: every command of every protocol is received, decided and ended here, and each of these is on the disk
 * before its consequence. Confined to the session's event loop.
 */
public final class CommandGate {
    private static final Logger LOG = Logger.getLogger(CommandGate.class);
    private static final int MAX_RACES = 3;
    private final SessionGrant grant;
    private final CommandDesk commands;
    private final ApprovalDesk approvals;
    private final SessionRecorder recorder;
    private final OffLoop offLoop;
    private final Tally tally;
    private final Alarm alarm;
    private final Countersigning countersigning;
    private final Set<PendingCommand> open = new LinkedHashSet<>();
    private final HeldTogether together;
    private final Typed typed;

    /**
     * @param nothing a command that asks for nothing, whose masks are those of what the client types
     * @param longestHold after which a held command is given up, whenever its approval would expire
     */
    public CommandGate(
            SessionGrant grant,
            Command nothing,
            CommandDesk commands,
            ApprovalDesk approvals,
            SessionRecorder recorder,
            Tally tally,
            EventLoop loop,
            Executor work,
            Duration longestHold,
            Metrics metrics) {
        this.grant = grant;
        this.commands = commands;
        this.recorder = recorder;
        this.tally = tally;
        this.approvals = approvals;
        offLoop = new OffLoop(loop, work, grant.facts().id());
        together = new HeldTogether(
                command -> decide(command, tally.counters().commands()).verdict(), this::digest, System::nanoTime);
        typed = new Typed(() -> masksOf(nothing), grant.hashKey());
        countersigning = new Countersigning(approvals, recorder, loop, offLoop, longestHold, metrics);
        alarm = new Alarm(metrics);
    }

    /**
     * Takes a command in. Nothing of it may leave before {@link PendingCommand#recorded()} or a verdict, which carries
     * the receipt along.
     */
    public PendingCommand receive(String text, List<Parameter> parameters) {
        var received = new PendingCommand(tally.command(), text, parameters, recorder::received, typed);
        open.add(received);
        return received;
    }

    /** It rests until its statement is executed, if that ever is: the session's end is not the command's. */
    public void rest(PendingCommand prepared) {
        open.remove(prepared);
    }

    /** It is to be executed now. */
    public PendingCommand resume(PendingCommand prepared) {
        open.add(prepared);
        return prepared;
    }

    /** Refuses what could not be understood; the policy is not asked. */
    public CompletionStage<Passage.Closed> refuse(
            PendingCommand pending, String kind, CountersignError error, String message, String hint) {
        var deny = new Verdict.Deny(List.of(), error, message, hint);
        tally.denied();
        return recorder.refused(pending, kind, deny).thenApply(durable -> Closings.denied(deny));
    }

    /**
     * Decides; completes once the verdict is durable, for a hold once people have decided.
     *
     * @param overlaps whether the command is proved to be a pure read, which may run while its records are being
     *     written; its response waits for them
     * @param company what people decide about with it, if it is held
     * @param estimator asked only where the decision depends on its answer, or people are asked
     */
    public CompletionStage<Passage> submit(
            PendingCommand pending,
            Command command,
            boolean overlaps,
            Requester requester,
            Recheck recheck,
            Company company,
            Estimator estimator) {
        CommandDesk.Ruling ruling = decide(command, pending.sequence() - 1);
        Optional<HeldTogether.Approval> approved = approvedBefore(command, ruling);
        if (approved.isPresent()) {
            return approvedBefore(pending, command, ruling, approved.get());
        }
        var asked = new Asked(pending, overlaps, requester, recheck, company);
        return ruling.estimateMissing()
                ? pending.recorded()
                        .thenCompose(durable -> estimator.estimated(command))
                        .thenCompose(known -> estimated(asked, known))
                : pass(asked, command, ruling);
    }

    /** What goes with a command that is decided about. */
    private record Asked(
            PendingCommand pending, boolean overlaps, Requester requester, Recheck recheck, Company company) {}

    private CompletionStage<Passage> estimated(Asked asked, Command known) {
        CommandDesk.Ruling ruling = decide(known, asked.pending().sequence() - 1);
        Optional<HeldTogether.Approval> approved = approvedBefore(known, ruling);
        return approved.isPresent()
                ? approvedBefore(asked.pending(), known, ruling, approved.get())
                : pass(asked, known, ruling);
    }

    private CompletionStage<Passage> pass(Asked asked, Command command, CommandDesk.Ruling judged) {
        PendingCommand pending = asked.pending();
        CommandDesk.Ruling ruling = drawing(pending, command, judged);
        return switch (ruling.verdict()) {
            case Verdict.Allow allow
            when ruling.needsStore() ->
                settle(pending, command, ruling, passed -> alarm.raise(passed, asked.requester()));
            case Verdict.Allow allow -> {
                CompletionStage<Void> written =
                        recorder.verdict(pending, command, ruling, null, haste(asked.overlaps()));
                var open = new Passage.Open(allow.masks());
                yield asked.overlaps() ? CompletableFuture.completedStage(open) : written.thenApply(durable -> open);
            }
            case Verdict.Deny deny -> {
                tally.denied();
                yield recorder.verdict(pending, command, ruling, null).thenApply(durable -> Closings.denied(deny));
            }
            case Verdict.Hold hold -> {
                tally.held();
                yield hold(
                        pending,
                        together.gather(command, hold, asked.company()),
                        ruling,
                        asked.requester(),
                        asked.recheck());
            }
        };
    }

    /** Takes what an allowed command draws on; where another command was faster, it is decided about again. */
    private CommandDesk.Ruling drawing(PendingCommand pending, Command command, CommandDesk.Ruling judged) {
        CommandDesk.Ruling ruling = judged;
        for (int i = 0; i < MAX_RACES && ruling.verdict() instanceof Verdict.Allow; i++) {
            if (pending.begins(ruling.allowance())) {
                return ruling;
            }
            ruling = decide(command, pending.sequence() - 1);
        }
        return ruling.verdict() instanceof Verdict.Allow ? ruling.with(Closings.overdrawn()) : ruling;
    }

    private Optional<HeldTogether.Approval> approvedBefore(Command command, CommandDesk.Ruling ruling) {
        return ruling.verdict() instanceof Verdict.Hold hold
                ? together.take(command, hold, ruling.policyVersion())
                : Optional.empty();
    }

    /** Compares a command with what was done before, away from the event loop. */
    private CompletionStage<Passage> settle(
            PendingCommand pending, Command command, CommandDesk.Ruling ruling, Consumer<Verdict> passed) {
        return offLoop.call(() -> approvals.settle(grant.facts(), command, pending.sequence() - 1, ruling))
                .exceptionally(failure -> {
                    LOG.errorf(
                            failure,
                            "no look at earlier acts session=%s",
                            grant.facts().id());
                    return undecided();
                })
                .thenCompose(settled -> settled.verdict() instanceof Verdict.Allow allow
                        ? recorder.verdict(pending, command, settled, null).thenApply(durable -> {
                            passed.accept(allow);
                            return new Passage.Open(allow.masks());
                        })
                        : denied(pending, command, refusal(settled), settled.policyVersion()));
    }

    private static Verdict.Deny refusal(CommandDesk.Ruling settled) {
        return settled.verdict() instanceof Verdict.Deny deny ? deny : undecidedDeny();
    }

    /** Lets a command pass that people approved together with one before it. */
    private CompletionStage<Passage> approvedBefore(
            PendingCommand pending, Command command, CommandDesk.Ruling held, HeldTogether.Approval approval) {
        tally.held();
        if (!pending.begins(held.allowance())) {
            return denied(pending, command, Closings.overdrawn(), held.policyVersion());
        }
        pending.approvedBy(approval.id());
        recorder.verdict(pending, command, held, null);
        var ruling = new CommandDesk.Ruling(approval.allow(), held.policyVersion());
        return recorder.verdict(pending, command, ruling, approval.id())
                .thenApply(durable -> new Passage.Open(approval.allow().masks()));
    }

    private CompletionStage<Passage> hold(
            PendingCommand pending,
            HeldTogether.Sheaf sheaf,
            CommandDesk.Ruling ruling,
            Requester requester,
            Recheck recheck) {
        var held = new HeldCommand(
                grant.facts(),
                sheaf.whole(),
                pending.sequence() - 1,
                digest(sheaf.whole()),
                sheaf.hold(),
                ruling.policyVersion(),
                requester.defers(),
                ruling.risk());
        var request = new Countersigning.Request(
                pending, sheaf.first(), held, requester, () -> sheaf.unchanged(recheck), (approval, redeemed) -> {
                    together.redeemed(sheaf, approval, redeemed);
                    alarm.raise(redeemed.verdict(), requester);
                });
        return countersigning.hold(request, ruling).thenApply(sheaf::ofFirst);
    }

    /** What a client sent together is over. */
    public void batchOver() {
        together.over();
    }

    private String digest(Command command) {
        return ApprovalDigest.of(grant.facts(), grant.upstream(), grant.hashKey(), command);
    }

    /**
     * Lets a command pass that is allowed by what it is foreseen to mean; its verdict is then written, see
     * {@link PendingCommand#recorded}. Empty when it is not allowed: it has to be understood and submitted.
     *
     * @param overlaps as in {@link #submit}
     */
    public Optional<MaskPlan> admit(PendingCommand pending, Command command, boolean overlaps) {
        CommandDesk.Ruling ruling = decide(command, pending.sequence() - 1);
        if (!(ruling.verdict() instanceof Verdict.Allow allow)
                || ruling.needsStore()
                || ruling.estimateMissing()
                || !pending.begins(ruling.allowance())) {
            return Optional.empty();
        }
        pending.written(recorder.verdict(pending, command, ruling, null, haste(overlaps)));
        return Optional.of(allow.masks());
    }

    /** What overlaps its own execution is waited for only together with its response. */
    private static Haste haste(boolean overlaps) {
        return overlaps ? Haste.WITH_THE_NEXT : Haste.AT_ONCE;
    }

    /**
     * Decides about a command, or a part of one, behind something that is being carried out already, on which it depends:
     * it is too late to ask people, so what would be held is denied.
     */
    public CompletionStage<Passage> submitLate(PendingCommand pending, Command part) {
        Command late = part.estimate() instanceof Estimate.Unasked
                ? part.estimated(new Estimate.Unknown("what it belongs to is running already"))
                : part;
        CommandDesk.Ruling ruling = decide(late, pending.sequence() - 1);
        if (ruling.verdict() instanceof Verdict.Allow && !pending.goesOn(ruling.allowance())) {
            return denied(pending, late, Closings.overdrawn(), ruling.policyVersion());
        }
        return switch (ruling.verdict()) {
            case Verdict.Allow allow when ruling.needsStore() -> settle(pending, late, ruling, passed -> {});
            case Verdict.Allow allow ->
                recorder.verdict(pending, late, ruling, null).thenApply(durable -> new Passage.Open(allow.masks()));
            case Verdict.Deny deny -> denied(pending, late, deny, ruling.policyVersion());
            case Verdict.Hold hold -> denied(pending, late, Closings.tooLate(hold), ruling.policyVersion());
        };
    }

    /** Whether people would be asked about the command as it is; nothing is recorded. */
    public boolean wouldHold(PendingCommand pending, Command command) {
        return decide(command, pending.sequence() - 1).verdict() instanceof Verdict.Hold;
    }

    /** Decides about a command that nobody wants to run: no people are asked and nothing is let through. */
    public CompletionStage<CommandDesk.Ruling> explain(PendingCommand pending, Command command) {
        CommandDesk.Ruling ruling = decide(command, pending.sequence() - 1);
        return recorder.verdict(pending, command, ruling, null).thenApply(durable -> ruling);
    }

    private CompletionStage<Passage> denied(
            PendingCommand pending, Command command, Verdict.Deny deny, long policyVersion) {
        tally.denied();
        return recorder.verdict(pending, command, new CommandDesk.Ruling(deny, policyVersion), null)
                .thenApply(durable -> Closings.denied(deny));
    }

    /**
     * Whether a text of the target may quote what is masked for the principal now, where it is no answer to a command
     * that was judged.
     *
     * @param harmless what asks for nothing; only its masks matter
     */
    public boolean hidesMessages(Command harmless) {
        return !(decide(harmless, 0).verdict() instanceof Verdict.Allow allow)
                || allow.masks().messagesScrubbed()
                || !allow.masks().detectors().isEmpty();
    }

    /** Without a decision nothing that is found may be shown. */
    private Map<String, MaskKind> masksOf(Command nothing) {
        return decide(nothing, 0).verdict() instanceof Verdict.Allow allow
                ? allow.masks().detectors()
                : TypedValues.unseen();
    }

    /**
     * How the consequences of a command that passed may be shown now; empty when it would not pass any more.
     *
     * @param before the masks it passed with; they hold where people would be asked again
     */
    public Optional<MaskPlan> stillAllowed(Command command, MaskPlan before) {
        return switch (decide(command, tally.counters().commands()).verdict()) {
            case Verdict.Allow allow -> Optional.of(allow.masks());
            case Verdict.Hold hold -> Optional.of(before);
            case Verdict.Deny deny -> Optional.empty();
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
        return new CommandDesk.Ruling(undecidedDeny(), 0);
    }

    private static Verdict.Deny undecidedDeny() {
        return new Verdict.Deny(
                List.of(),
                CountersignError.POLICY_NOT_CONFIRMED,
                "The gateway could not decide about this command, so it did not run.",
                "Try again; if it stays so, tell an administrator.");
    }

    /**
     * Records a part of the data that a client copies in; it may be passed on once the stage completes.
     *
     * @param text the part as text, of which the detectors' finds are masked; empty when it is none
     */
    public CompletionStage<Void> copied(
            PendingCommand pending, ResponseMasker masker, byte[] part, Optional<String> text) {
        Optional<String> shown = text.map(masker::shown);
        pending.copied(0, part.length, masker.takeMasked());
        return recorder.copied(pending, part, shown);
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

    /** Ends a command with the last part of its response; the stage completes once both are durable. */
    public CompletionStage<Void> finish(PendingCommand pending, ResponseStream response, Outcome outcome) {
        if (!pending.end(outcome)) {
            return response.cut();
        }
        open.remove(pending);
        return response.end(outcome).whenComplete((durable, failure) -> countersigning.finished(pending, outcome));
    }

    /** Records the end of a command and settles its approval; later calls for the same command do nothing. */
    public void finish(PendingCommand pending, Outcome outcome) {
        if (pending.end(outcome)) {
            open.remove(pending);
            recorder.finished(pending, outcome);
            countersigning.finished(pending, outcome);
        }
    }

    /** Whether the command of this number is on its way on the target. */
    public boolean runs(long sequence) {
        return open.stream().anyMatch(pending -> pending.sequence() == sequence && pending.left());
    }

    /** The client gives up the command that waits for people; returns whether one does. */
    public boolean cancel() {
        return countersigning.cancel();
    }

    /** The session is over: whoever waits need not any more, and what has no end yet will not be seen to have one. */
    public void abandon(String reason) {
        countersigning.abandon(reason).ifPresent(pending -> finish(pending, Outcome.REFUSED));
        for (PendingCommand pending : List.copyOf(open)) {
            finish(pending, pending.left() ? Outcome.UNKNOWN : Outcome.REFUSED);
        }
    }
}
