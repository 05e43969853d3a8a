package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.Deque;
import org.countersign.wire.postgres.FrontendMessage;

/** What a client has sent and nobody has answered yet, and how much memory it takes. */
final class Backlog {
    private final Deque<FrontendMessage> waiting = new ArrayDeque<>();
    private Deque<FrontendMessage> batch = new ArrayDeque<>();
    private long waitingBytes;
    private long batchBytes;
    private long workedOnBytes;

    void add(FrontendMessage message) {
        waiting.add(message);
        waitingBytes += MessageSize.of(message);
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    FrontendMessage next() {
        FrontendMessage message = waiting.remove();
        long bytes = MessageSize.of(message);
        waitingBytes -= bytes;
        workedOnBytes = bytes;
        return message;
    }

    /** A message that was taken too early: it is the next one again. */
    void putBack(FrontendMessage message) {
        waiting.addFirst(message);
        waitingBytes += MessageSize.of(message);
    }

    /** Keeps the message that is worked on for its Sync or Flush. */
    void collect(FrontendMessage message) {
        batch.add(message);
        batchBytes += workedOnBytes;
        workedOnBytes = 0;
    }

    int collected() {
        return batch.size();
    }

    /** Everything collected so far, to be worked on now. */
    Deque<FrontendMessage> takeBatch() {
        Deque<FrontendMessage> taken = batch;
        batch = new ArrayDeque<>();
        workedOnBytes += batchBytes;
        batchBytes = 0;
        return taken;
    }

    /** What was worked on is answered. */
    void done() {
        workedOnBytes = 0;
    }

    long bytes() {
        return waitingBytes + batchBytes + workedOnBytes;
    }
}
