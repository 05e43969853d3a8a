package org.countersign.connector.postgres;

import org.countersign.wire.WireException;
import org.countersign.wire.postgres.FrontendMessage;
import org.jspecify.annotations.Nullable;

/** The way of a client's copy data to the COPY that asked for it. Confined to the session's event loop. */
final class CopyDoor {
    private Runnable changed = () -> {};
    private @Nullable Taker taker;

    /** A COPY FROM STDIN that runs. */
    interface Taker {
        /** @param message CopyData, CopyDone or CopyFail */
        void take(FrontendMessage message);

        /** Whether more may come now; {@link CopyDoor#roomChanged} says when that changes. */
        boolean hasRoom();
    }

    /** @param action runs when the door was opened, and when there is room or none any more */
    void whenChanged(Runnable action) {
        changed = action;
    }

    /** From here on the client's messages belong to this copy. */
    void open(Taker copy) {
        taker = copy;
        changed.run();
    }

    /** The copy is over; what the client still sends of it is ignored. */
    void close() {
        taker = null;
    }

    boolean isOpen() {
        return taker != null;
    }

    boolean hasRoom() {
        return taker != null && taker.hasRoom();
    }

    void roomChanged() {
        changed.run();
    }

    /** Takes a message that came while the door is open. As in PostgreSQL, Flush and Sync mean nothing there. */
    void take(FrontendMessage message) {
        Taker copy = taker;
        switch (message) {
            case FrontendMessage.CopyData data when copy != null -> copy.take(data);
            case FrontendMessage.CopyDone done when copy != null -> copy.take(done);
            case FrontendMessage.CopyFail fail when copy != null -> copy.take(fail);
            case FrontendMessage.Flush ignored -> {}
            case FrontendMessage.Sync ignored -> {}
            default -> throw new WireException("a message that does not belong into a copy");
        }
    }
}
