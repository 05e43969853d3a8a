package org.countersign.cli.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The chains of all sessions as the frames build them. */
final class Sessions {
    private static final byte ENDED = 8;

    private final Map<UUID, Report.Session> sessions = new LinkedHashMap<>();
    private final Map<UUID, Chain> open = new HashMap<>();
    private Instant latest = Instant.MIN;

    /** Returns what is wrong with the frame, or nothing when it continues its session's chain. */
    Optional<String> add(Frame frame) {
        Report.Session session = sessions.get(frame.session());
        if (session != null && session.ended()) {
            return Optional.of("the session had already ended");
        }
        Chain chain = open.getOrDefault(frame.session(), new Chain(0, Digest.NONE));
        if (frame.sequence() != chain.sequence() + 1) {
            return Optional.of(
                    "the sequence must be " + (chain.sequence() + 1) + ": a frame is missing, doubled or moved");
        }
        if (!frame.previous().equals(chain.hash())) {
            return Optional.of("it does not continue the session's frame before it");
        }
        if (frame.at().isBefore(latest)) {
            return Optional.of("it is older than the frame before it");
        }
        latest = frame.at();
        boolean ended = frame.type() == ENDED;
        sessions.put(
                frame.session(),
                new Report.Session(
                        frame.session(),
                        frame.sequence(),
                        session == null ? frame.at() : session.first(),
                        frame.at(),
                        ended));
        if (ended) {
            open.remove(frame.session());
        } else {
            open.put(frame.session(), new Chain(frame.sequence(), frame.hash()));
        }
        return Optional.empty();
    }

    Map<UUID, Chain> open() {
        return Map.copyOf(open);
    }

    List<Report.Session> all() {
        return new ArrayList<>(sessions.values());
    }
}
