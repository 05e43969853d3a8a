package org.countersign.connector.session;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The connections whose clients have not signed in, by age. They never have more than their share of all places, so that
 * those who stall at the door keep nobody out. Safe for all threads.
 */
final class Strangers {
    private final SequencedSet<ClientSession> waiting = new LinkedHashSet<>();

    /** Takes one in; returns the one that has waited longest, which is none of them any more, when there are too many. */
    synchronized Optional<ClientSession> arrived(ClientSession session, int most) {
        waiting.add(session);
        return waiting.size() > most ? Optional.of(waiting.removeFirst()) : Optional.empty();
    }

    synchronized void left(ClientSession session) {
        waiting.remove(session);
    }
}
