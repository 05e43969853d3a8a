package org.countersign.core.recording;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;

/**
 * One page of a session's commands, the latest first, out of its frames in their order. However long the session was,
 * it keeps no more than a page and what has not ended yet.
 */
final class CommandList {
    private static final Set<FrameType> NOT_OF_COMMANDS =
            EnumSet.of(FrameType.SESSION_OPENED, FrameType.SESSION_CLOSED, FrameType.NOTIFICATION, FrameType.PARAMETER);

    private final Optional<String> verdict;
    private final int limit;
    private final long before;
    private final Map<UUID, CommandFold> open = new HashMap<>();
    private final NavigableMap<Long, CommandFold> latest = new TreeMap<>();

    CommandList(CommandFilter filter) {
        this.limit = Page.checkLimit(filter.limit());
        this.verdict = filter.verdict();
        this.before = filter.after().map(CommandList::cursor).orElse(Long.MAX_VALUE);
    }

    void read(Frame frame) {
        FrameType type = FrameType.of(frame.type());
        if (NOT_OF_COMMANDS.contains(type) || type == FrameType.RESPONSE || type == FrameType.COPY_DATA) {
            return;
        }
        Payload payload = Payload.of(frame);
        Optional<UUID> id = payload.id("command");
        if (id.isEmpty()) {
            return;
        }
        if (type == FrameType.RECEIVED) {
            CommandFold known = open.get(id.get());
            if (known == null) {
                open.put(id.get(), new CommandFold(id.get(), payload, frame.at()));
            } else {
                known.received(payload);
            }
            return;
        }
        CommandFold command = open.get(id.get());
        if (command == null) {
            return;
        }
        switch (type) {
            case VERDICT -> command.verdict(payload);
            case HELD -> command.held(payload);
            case DECISION -> command.decision(frame, payload);
            case FINISHED -> {
                command.finished(payload);
                open.remove(id.get());
                keep(command);
            }
            case RECEIVED, RESPONSE, COPY_DATA, SESSION_OPENED, SESSION_CLOSED, NOTIFICATION, PARAMETER ->
                throw new IllegalStateException("handled above");
        }
    }

    private void keep(CommandFold command) {
        if (command.sequence() < before && verdict.map(command::hasVerdict).orElse(true)) {
            latest.put(command.sequence(), command);
            if (latest.size() > limit + 1) {
                latest.pollFirstEntry();
            }
        }
    }

    Page<CommandView> page() {
        open.values().forEach(this::keep);
        List<CommandView> views = latest.descendingMap().values().stream()
                .limit(limit)
                .map(CommandFold::view)
                .toList();
        return new Page<>(
                views,
                latest.size() > limit
                        ? Optional.of(Long.toString(views.getLast().sequence()))
                        : Optional.empty());
    }

    private static long cursor(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("after", "after is not a cursor of this list");
        }
    }
}
