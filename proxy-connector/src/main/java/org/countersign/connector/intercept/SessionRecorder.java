package org.countersign.connector.intercept;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.countersign.journal.Entry;
import org.countersign.journal.Haste;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.HashKey;
import org.countersign.model.policy.Risk;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.port.CommandDesk;
import org.countersign.model.port.SessionControl;
import org.countersign.model.port.SessionGrant;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.jspecify.annotations.Nullable;

/** Writes a session's recording. Every stage it returns completes on the session's event loop, in order. */
public final class SessionRecorder {
    private final FrameLog log;
    private final SessionId session;
    private final Executor loop;
    private final Runnable failed;
    private final AnalysisText analyses = new AnalysisText();
    private final AtomicLong recordedBytes = new AtomicLong();
    private @Nullable HashKey key;
    private boolean over;
    private boolean broken;

    /** @param failed runs, on the event loop, when a frame cannot be written: the session has to end */
    public SessionRecorder(FrameLog log, SessionId session, Executor loop, Runnable failed) {
        this.log = log;
        this.session = session;
        this.loop = loop;
        this.failed = failed;
    }

    public CompletionStage<Void> opened(SessionGrant grant, String serverVersion) {
        key = grant.hashKey();
        SessionFacts facts = grant.facts();
        var opening = new JsonText()
                .raw("principal", principal(grant.opener()))
                .put("target", facts.target())
                .put("database", grant.upstream().database())
                .put("protocol", facts.protocol())
                .put("address", facts.address())
                .put("tls", facts.tls())
                .put("serverVersion", serverVersion);
        if (grant.asker().isPresent()) {
            opening.raw("explainedAs", principal(facts.principal()));
        }
        return append(FrameType.SESSION_OPENED, opening);
    }

    /** A notification that the client is about to see. */
    public CompletionStage<Void> notification(int processId, String channel, String payload) {
        return append(
                FrameType.NOTIFICATION,
                new JsonText().put("channel", channel).put("payload", payload).put("processId", processId));
    }

    /** A parameter of the session whose change the client is about to be told. */
    public CompletionStage<Void> parameter(String name, String value) {
        return append(FrameType.PARAMETER, new JsonText().put("name", name).put("value", value));
    }

    CompletionStage<Void> received(PendingCommand command) {
        return append(List.of(receipt(command)));
    }

    private static Entry receipt(PendingCommand command) {
        var values = new StringBuilder("[");
        for (Parameter parameter : command.shownParameters()) {
            values.append(values.length() > 1 ? "," : "")
                    .append(new JsonText()
                            .put("type", parameter.type())
                            .put("value", parameter.value().orElse(null))
                            .text());
        }
        return frame(
                FrameType.RECEIVED,
                about(command)
                        .put("sequence", command.sequence())
                        .put("text", command.shownText())
                        .raw("parameters", values.append(']')));
    }

    /** Appends what comes behind a command's receipt, with the receipt where it is not written yet. */
    private CompletionStage<Void> behindReceipt(PendingCommand pending, Entry entry, Haste haste) {
        if (!pending.receiptDue()) {
            return append(List.of(entry), haste);
        }
        CompletionStage<Void> written = append(List.of(receipt(pending), entry), haste);
        pending.written(written);
        return written;
    }

    CompletionStage<Void> verdict(
            PendingCommand pending, Command command, CommandDesk.Ruling ruling, @Nullable UUID approval) {
        return verdict(pending, command, ruling, approval, Haste.AT_ONCE);
    }

    CompletionStage<Void> verdict(
            PendingCommand pending, Command command, CommandDesk.Ruling ruling, @Nullable UUID approval, Haste haste) {
        JsonText frame = about(pending);
        switch (ruling.verdict()) {
            case Verdict.Allow allow -> outcome(frame, "allow", allow.rules(), "", null);
            case Verdict.Deny deny ->
                outcome(
                        frame,
                        "deny",
                        deny.rules(),
                        deny.message(),
                        deny.error().sqlState());
            case Verdict.Hold hold -> outcome(frame, "hold", hold.rules(), hold.message(), null);
        }
        frame.put("kind", command.kind())
                .put("policyVersion", ruling.policyVersion())
                .put("actions", actions(command))
                .put("resources", resources(command))
                .put("functions", command.functions())
                .put("treeDigest", digest(command))
                .put("approval", approval == null ? null : approval.toString())
                .put("reason", command.reason().map(pending::shown).orElse(null))
                .raw("analysis", analyses.of(command, pending::shown));
        command.estimate().rows().ifPresent(rows -> frame.put("estimatedRows", rows));
        ruling.risk().ifPresent(risk -> frame.raw("risk", risk(risk)));
        return behindReceipt(pending, frame(FrameType.VERDICT, frame), haste);
    }

    private static CharSequence risk(Risk risk) {
        var parts = new StringBuilder("[");
        for (Risk.Part part : risk.parts()) {
            parts.append(parts.length() > 1 ? "," : "")
                    .append(new JsonText()
                            .put("factor", part.factor().label())
                            .put("points", part.points())
                            .put("reason", part.reason())
                            .text());
        }
        return new JsonText()
                .put("score", risk.score())
                .raw("parts", parts.append(']'))
                .text();
    }

    private static Collection<String> actions(Command command) {
        var actions = new LinkedHashSet<String>();
        for (Access access : command.accesses()) {
            actions.add(access.action().name());
        }
        return actions;
    }

    private static Collection<String> resources(Command command) {
        var resources = new LinkedHashSet<String>();
        for (Access access : command.accesses()) {
            resources.add(access.resource().toString());
        }
        return resources;
    }

    /** Keyed, as trees hold the constants that the text is masked of. */
    private String digest(Command command) {
        String digest = switch (command) {
            case SqlCommand sql -> sql.analysis().treeDigest();
        };
        HashKey secret = key;
        return digest.isEmpty() || secret == null
                ? ""
                : HexFormat.of().formatHex(secret.hash(digest.getBytes(StandardCharsets.UTF_8)));
    }

    /** The verdict on a command that no policy was asked about: it could not be inspected. */
    CompletionStage<Void> refused(PendingCommand pending, String kind, Verdict.Deny deny) {
        JsonText frame = about(pending);
        outcome(frame, "deny", deny.rules(), deny.message(), deny.error().sqlState());
        frame.put("kind", kind)
                .put("policyVersion", 0)
                .put("actions", List.of())
                .put("resources", List.of())
                .put("functions", List.of())
                .put("treeDigest", "")
                .put("approval", (String) null)
                .raw("analysis", "null");
        return behindReceipt(pending, frame(FrameType.VERDICT, frame), Haste.AT_ONCE);
    }

    private static void outcome(
            JsonText frame, String verdict, List<String> rules, String message, @Nullable String sqlState) {
        frame.put("verdict", verdict)
                .put("rules", rules)
                .put("message", message)
                .put("sqlState", sqlState);
    }

    CompletionStage<Void> held(PendingCommand pending, ApprovalDesk.Receipt receipt) {
        return append(
                FrameType.HELD,
                about(pending)
                        .put("approval", receipt.approval().toString())
                        .put("url", receipt.url())
                        .put("expiresAt", receipt.expiresAt().toString()));
    }

    CompletionStage<Void> decision(PendingCommand pending, UUID approval, ApprovalDesk.Outcome outcome) {
        return append(
                FrameType.DECISION,
                about(pending)
                        .put("approval", approval.toString())
                        .put("state", outcome.state().name().toLowerCase(Locale.ROOT))
                        .put("by", outcome.by())
                        .put("reason", outcome.reason()));
    }

    CompletionStage<Void> response(PendingCommand pending, JsonText body) {
        return append(List.of(part(pending, body)));
    }

    /** The last part of a response together with the command's end. */
    CompletionStage<Void> response(PendingCommand pending, JsonText body, Outcome outcome) {
        return append(List.of(part(pending, body), end(pending, outcome)));
    }

    CompletionStage<Void> copied(PendingCommand pending, byte[] part, Optional<String> text) {
        JsonText frame = about(pending);
        text.ifPresentOrElse(
                shown -> frame.put("text", shown),
                () -> frame.put("binary", HexFormat.of().formatHex(part)));
        return append(FrameType.COPY_DATA, frame);
    }

    CompletionStage<Void> finished(PendingCommand pending, Outcome outcome) {
        return behindReceipt(pending, end(pending, outcome), Haste.AT_ONCE);
    }

    private static Entry part(PendingCommand pending, JsonText body) {
        return frame(FrameType.RESPONSE, body.put("command", pending.id().toString()));
    }

    private static Entry end(PendingCommand pending, Outcome outcome) {
        return frame(
                FrameType.FINISHED,
                about(pending)
                        .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .put("rows", pending.rows())
                        .put("bytes", pending.bytes())
                        .put("masked", pending.masked())
                        .put("durationMicros", pending.micros()));
    }

    /** The last frame: what comes after it is not part of the session any more and is not recorded. */
    public CompletionStage<Void> closed(String reason, SessionControl.Counters counters) {
        CompletionStage<Void> last = append(
                FrameType.SESSION_CLOSED,
                new JsonText()
                        .put("reason", reason)
                        .put("commands", counters.commands())
                        .put("denied", counters.denied())
                        .put("held", counters.held()));
        over = true;
        return last;
    }

    /** How much the session has made the journal hold; for all threads. */
    public long recordedBytes() {
        return recordedBytes.get();
    }

    private CompletionStage<Void> append(FrameType type, JsonText payload) {
        return append(List.of(frame(type, payload)));
    }

    private CompletionStage<Void> append(List<Entry> frames) {
        return append(frames, Haste.AT_ONCE);
    }

    /** One acknowledgement for all of them; behind a frame that failed none counts. */
    private CompletionStage<Void> append(List<Entry> frames, Haste haste) {
        if (over) {
            return CompletableFuture.failedStage(new IllegalStateException("the session is over"));
        }
        for (Entry frame : frames) {
            recordedBytes.addAndGet(frame.payload().length);
        }
        var done = new CompletableFuture<Void>();
        CompletionStage<Void> written;
        try {
            written = log.append(session.value(), frames, loop, haste);
        } catch (RuntimeException e) {
            written = CompletableFuture.failedFuture(e);
        }
        if (written.toCompletableFuture().isDone()) {
            written.whenCompleteAsync((nothing, failure) -> written(failure, done), loop);
        } else {
            written.whenComplete((nothing, failure) -> written(failure, done));
        }
        return done;
    }

    private void written(@Nullable Throwable failure, CompletableFuture<Void> done) {
        if (failure != null && !broken) {
            broken = true;
            failed.run();
        }
        if (broken) {
            done.completeExceptionally(
                    failure == null ? new IllegalStateException("an earlier frame was not recorded") : failure);
        } else {
            done.complete(null);
        }
    }

    private static Entry frame(FrameType type, JsonText payload) {
        return new Entry(type.code(), payload.bytes());
    }

    private static JsonText about(PendingCommand pending) {
        return new JsonText().put("command", pending.id().toString());
    }

    private static String principal(Principal principal) {
        return new JsonText()
                .put("name", principal.name())
                .put("kind", principal.agent() ? "agent" : "person")
                .put("issuer", principal.issuer())
                .put("subject", principal.subject())
                .put("owner", principal.owner().map(Person::name).orElse(null))
                .put("onBehalfOf", principal.onBehalfOf().map(Person::name).orElse(null))
                .put("act", principal.act().stream().map(Actor::name).toList())
                .put("client", principal.client())
                .put("task", principal.task().orElse(null))
                .text();
    }
}
