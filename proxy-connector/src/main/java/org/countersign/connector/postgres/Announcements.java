package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.postgres.analysis.StatementKind;
import org.countersign.model.command.Command;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;

/**
 * What the target says without being asked, on its way to the client: recorded before it is shown, and shown where
 * PostgreSQL shows it, before a ReadyForQuery or while nothing is worked on. Confined to the session's event loop.
 */
final class Announcements {
    /** More than this is shown as soon as it is recorded, as the protocol allows. */
    private static final int MAX_WAITING_BYTES = 64 << 10;

    /** Parameters whose values can carry anything; those of the others are words of a short list. */
    private static final Set<String> FREE = Set.of("application_name", "search_path", "TimeZone", "scram_iterations");

    /** What the client may come back to by a rollback, for each of them. */
    private static final int MAX_OWN = 8;

    private static final Deque<String> NO_VALUES = new ArrayDeque<>(0);

    private final Talk talk;
    private final Map<String, Listening> channels = new HashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private final Map<String, String> greeted;
    private final Map<String, String> changed = new LinkedHashMap<>();
    private final Deque<BackendMessage> recorded = new ArrayDeque<>();
    private BooleanSupplier quiet = () -> false;
    private CompletionStage<Void> last = CompletableFuture.completedStage(null);
    private final Map<String, Deque<String>> own = new HashMap<>();
    private MaskPlan saidMasks = new MaskPlan(List.of(), Map.of(), true, 0);
    private int waiting;
    private int waitingBytes;

    /** A channel that the session was allowed to listen to. */
    private record Listening(Command command, MaskPlan masks) {}

    /** @param greeted what the client was told at the start */
    Announcements(Talk talk, Map<String, String> greeted) {
        this.talk = talk;
        this.greeted = Map.copyOf(greeted);
        told.putAll(greeted);
    }

    /** @param nothingRuns whether the client waits for no answer */
    void whenQuiet(BooleanSupplier nothingRuns) {
        quiet = nothingRuns;
    }

    /** A command runs: what changes now changes because of it. */
    void during(StatementKind kind, MaskPlan masks) {
        saidMasks = masks;
        if (kind instanceof StatementKind.Setting setting && setting.value().isPresent()) {
            Deque<String> values = own.computeIfAbsent(setting.setting(), name -> new ArrayDeque<>());
            values.addLast(bare(setting.value().get()));
            if (values.size() > MAX_OWN) {
                values.removeFirst();
            }
        }
    }

    /** Whether a value is one that the client itself wrote, and nothing that a function made. */
    private boolean isOwn(String name, String value) {
        return value.equals(greeted.get(name))
                || own.getOrDefault(name.toLowerCase(Locale.ROOT), NO_VALUES).contains(bare(value));
    }

    /** A value as it can be compared with what the server makes of it. */
    private static String bare(String value) {
        return value.replaceAll("['\"\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** The session may listen to a channel; what it does not listen to any more the target does not send. */
    void listen(String channel, Command command, MaskPlan masks) {
        if (channels.size() < talk.session.surroundings().limits().maxStatements()) {
            channels.put(channel, new Listening(command, masks));
        }
    }

    void parameter(String name, String value) {
        if (PostgresOpening.relayed(name)) {
            changed.put(name, value);
            if (quiet.getAsBoolean()) {
                settle();
            }
        }
    }

    /** A notification of a channel that this session listens to, as the policy is now; any other is dropped. */
    void notification(NotificationResponse message) {
        Metrics metrics = talk.session.surroundings().metrics();
        Listening listening = channels.get(message.channel());
        Optional<MaskPlan> masks =
                listening == null ? Optional.empty() : talk.gate.stillAllowed(listening.command(), listening.masks());
        if (masks.isEmpty()) {
            metrics.count(Metric.NOTIFICATIONS_DROPPED);
            return;
        }
        metrics.count(Metric.NOTIFICATIONS);
        String payload = masks.get().messagesScrubbed() ? "" : scanned(masks.get(), message.payload());
        announce(
                new NotificationResponse(message.processId(), message.channel(), payload),
                payload.length() + message.channel().length(),
                talk.session.recorder().notification(message.processId(), message.channel(), payload));
    }

    /** Whether there is nothing to show. */
    boolean none() {
        return changed.isEmpty() && waiting == 0 && recorded.isEmpty();
    }

    /** Completes when everything said so far was recorded and written; at once when there is nothing. */
    CompletionStage<Void> settle() {
        if (!changed.isEmpty()) {
            new ArrayList<>(changed.entrySet()).forEach(this::change);
            changed.clear();
        }
        if (waiting == 0) {
            show();
            return CompletableFuture.completedStage(null);
        }
        return last.thenRun(this::show);
    }

    private void change(Map.Entry<String, String> parameter) {
        String name = parameter.getKey();
        String value = parameter.getValue();
        if (value.equals(told.get(name))) {
            return;
        }
        if (FREE.contains(name)) {
            if (saidMasks.messagesScrubbed() && !isOwn(name, value)) {
                return; // it may have been computed from what is masked
            }
            value = scanned(saidMasks, value);
        }
        told.put(name, value);
        announce(
                new ParameterStatus(name, value),
                name.length() + value.length(),
                talk.session.recorder().parameter(name, value));
    }

    private String scanned(MaskPlan masks, String text) {
        var textOnly = new MaskPlan(List.of(), masks.detectors(), masks.messagesScrubbed(), masks.maxRows());
        return new ResponseMasker(List.of(), textOnly, talk.grant.hashKey()).shown(text);
    }

    private void announce(BackendMessage message, int bytes, CompletionStage<Void> durable) {
        waiting++;
        talk.flow.kept(bytes);
        last = durable.thenRun(() -> {
            waiting--;
            talk.flow.released(bytes);
            if (talk.session.ended()) {
                return;
            }
            recorded.add(message);
            waitingBytes += bytes;
            if (quiet.getAsBoolean() || waitingBytes > MAX_WAITING_BYTES) {
                showNow();
            }
        });
    }

    /** Nothing is worked on any more: what was recorded since the last ReadyForQuery need not wait for the next. */
    void showNow() {
        if (!recorded.isEmpty()) {
            show();
            talk.client.flush();
        }
    }

    private void show() {
        waitingBytes = 0;
        while (!recorded.isEmpty()) {
            talk.client.write(recorded.remove());
        }
    }
}
