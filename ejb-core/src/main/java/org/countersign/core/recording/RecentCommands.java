package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.SqlCommand;

/** The latest commands in the recordings of this node, as they can be judged again. Holds no transaction. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // set by the container
public class RecentCommands {
    @Inject
    private RecentFrames frames;

    public RecentCommands() {}

    RecentCommands(RecentFrames frames) {
        this.frames = frames;
    }

    /**
     * Some of the latest commands.
     *
     * @param commands the latest first
     * @param limited whether there are more in the time that was asked for
     * @param unclear how many cannot be judged again, because their recording does not say what they do
     */
    public record Recent(List<RecordedCommand> commands, boolean limited, long unclear) {
        public Recent {
            commands = List.copyOf(commands);
        }
    }

    /** Returns at most so many commands from a time on. */
    public Recent since(Instant from, int limit) {
        return between(from, Instant.MAX, limit, command -> true);
    }

    /**
     * Gives every one of these commands from a time on and before another one, nearly the latest first: in order within a
     * part of the journal, part by part. Of the recordings no more than a part is held at once.
     *
     * @return how many recordings do not say what their command does
     */
    public long each(
            Instant from, Instant to, Predicate<RecordedCommand> which, Consumer<List<RecordedCommand>> reader) {
        var collector = new Collector(from, to, which);
        frames.latest(
                from,
                () -> {
                    reader.accept(collector.take());
                    return false;
                },
                collector::read);
        reader.accept(collector.take());
        return collector.unclear;
    }

    /** Returns at most so many of these commands from a time on and before another one. */
    public Recent between(Instant from, Instant to, int limit, Predicate<RecordedCommand> which) {
        var collector = new Collector(from, to, which);
        frames.latest(from, () -> collector.found.size() > limit, collector::read);
        List<RecordedCommand> latest = collector.take();
        return new Recent(latest.subList(0, Math.min(limit, latest.size())), latest.size() > limit, collector.unclear);
    }

    private static final class Collector {
        private static final Set<FrameType> WANTED =
                EnumSet.of(FrameType.RECEIVED, FrameType.VERDICT, FrameType.FINISHED);

        private final Instant from;
        private final Instant to;
        private final Predicate<RecordedCommand> which;
        private final List<RecordedCommand> found = new ArrayList<>();
        private final Map<UUID, Payload> received = new HashMap<>();
        private final Map<UUID, String> outcomes = new HashMap<>();
        private final Set<UUID> judged = new HashSet<>();
        private long unclear;

        Collector(Instant from, Instant to, Predicate<RecordedCommand> which) {
            this.from = from;
            this.to = to;
            this.which = which;
        }

        /** What was found since the last time, the latest first. Ends come after commands, so theirs are known. */
        List<RecordedCommand> take() {
            List<RecordedCommand> latest = found.stream()
                    .sorted(Comparator.comparing(RecordedCommand::at).reversed())
                    .map(command -> command.ended(outcomes.getOrDefault(command.id(), "unknown")))
                    .toList();
            found.clear();
            return latest;
        }

        /** Only the first verdict of a command says what the policy said: the one after a hold is people's. */
        void read(Frame frame) {
            FrameType type = FrameType.of(frame.type());
            if (frame.at().isBefore(from) || !WANTED.contains(type)) {
                return;
            }
            Payload payload = Payload.of(frame);
            Optional<UUID> command = payload.id("command");
            if (command.isEmpty()) {
                return;
            }
            if (type == FrameType.RECEIVED) {
                received.put(command.get(), payload);
            } else if (type == FrameType.FINISHED) {
                payload.text("outcome").ifPresent(outcome -> outcomes.put(command.get(), outcome));
            } else if (judged.add(command.get()) && frame.at().isBefore(to)) {
                verdict(frame, command.get(), payload);
            }
        }

        private void verdict(Frame frame, UUID id, Payload verdict) {
            Payload asked = received.remove(id);
            Optional<SqlCommand> again = asked == null ? Optional.empty() : RecordedAnalysis.command(asked, verdict);
            if (again.isEmpty() || asked == null) {
                unclear++;
                return;
            }
            var command = new RecordedCommand(
                    id,
                    frame.session(),
                    asked.number("sequence").orElse(1L),
                    frame.at(),
                    again.get(),
                    verdict.text("verdict").orElse(""),
                    verdict.text("sqlState"),
                    verdict.text("message").orElse(""),
                    verdict.texts("rules"),
                    verdict.number("policyVersion").orElse(0L),
                    "unknown");
            if (which.test(command)) {
                found.add(command);
            }
        }
    }
}
