package org.countersign.core.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.ParameterView;
import org.countersign.core.recording.CommandView.DecisionView;
import org.countersign.journal.Frame;
import org.jspecify.annotations.Nullable;

/** One command, put together from its frames as they come. */
final class CommandFold {
    private static final String UNKNOWN = "unknown";

    private final UUID id;
    private final long sequence;
    private String text = "";
    private List<ParameterView> parameters = List.of();
    private final Instant receivedAt;
    private @Nullable Payload firstVerdict;
    private @Nullable Payload lastVerdict;
    private @Nullable UUID approval;
    private @Nullable DecisionView decision;
    private @Nullable Payload end;

    /** @param received the payload of the command's first frame */
    CommandFold(UUID id, Payload received, Instant receivedAt) {
        this.id = id;
        this.sequence = received.number("sequence").orElse(0L);
        this.receivedAt = receivedAt;
        received(received);
    }

    /** Takes what was received later as what counts: a statement comes first, its values with their binding. */
    final void received(Payload received) {
        text = received.text("text").orElse("");
        parameters = received.objects("parameters").stream()
                .map(parameter -> new ParameterView(parameter.text("type").orElse(""), parameter.text("value")))
                .toList();
    }

    long sequence() {
        return sequence;
    }

    boolean finished() {
        return end != null;
    }

    void verdict(Payload verdict) {
        if (firstVerdict == null) {
            firstVerdict = verdict;
        }
        lastVerdict = verdict;
        verdict.id("approval").ifPresent(id -> approval = id);
    }

    void held(Payload held) {
        held.id("approval").ifPresent(id -> approval = id);
    }

    void decision(Frame frame, Payload decided) {
        decision = new DecisionView(
                decided.text("state").orElse(UNKNOWN),
                decided.texts("by"),
                decided.text("reason").orElse(""),
                frame.at());
    }

    void finished(Payload finished) {
        end = finished;
    }

    boolean hasVerdict(String verdict) {
        return verdict.equals(verdictOf(firstVerdict).orElse(""))
                || verdict.equals(verdictOf(lastVerdict).orElse(""));
    }

    CommandView view() {
        Optional<Payload> verdict = Optional.ofNullable(lastVerdict);
        Optional<Payload> first = Optional.ofNullable(firstVerdict);
        Optional<Payload> finish = Optional.ofNullable(end);
        return new CommandView(
                id,
                sequence,
                first.flatMap(payload -> payload.text("kind")).orElse(""),
                text,
                parameters,
                first.map(payload -> payload.texts("actions")).orElse(List.of()),
                first.map(payload -> payload.texts("resources")).orElse(List.of()),
                verdictOf(firstVerdict),
                verdictOf(lastVerdict),
                first.map(payload -> payload.texts("rules")).orElse(List.of()),
                verdict.flatMap(payload -> payload.number("policyVersion")).orElse(0L),
                Optional.ofNullable(approval),
                Optional.ofNullable(decision),
                verdict.flatMap(payload -> payload.text("message")).orElse(""),
                verdict.flatMap(payload -> payload.text("sqlState")),
                finish.flatMap(payload -> payload.text("outcome")).orElse(UNKNOWN),
                finish.flatMap(payload -> payload.number("rows")).orElse(0L),
                finish.flatMap(payload -> payload.number("bytes")).orElse(0L),
                finish.flatMap(payload -> payload.number("masked")).orElse(0L),
                receivedAt,
                finish.flatMap(payload -> payload.number("durationMicros")));
    }

    private static Optional<String> verdictOf(@Nullable Payload verdict) {
        return verdict == null ? Optional.empty() : verdict.text("verdict");
    }
}
