package org.countersign.connector.postgres;

import java.util.ArrayDeque;
import java.util.Deque;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.jspecify.annotations.Nullable;

/**
 * The client's data of one COPY FROM STDIN on its way to the target: each part is recorded before it is passed on, in
 * order. While a part waits for its record more comes together for the next one.
 */
final class CopyInData implements CopyDoor.Taker {
    private final Talk talk;
    private final PendingCommand pending;
    private final ResponseMasker masker;
    private final CopyParts parts;
    private final Runnable room;
    private final Deque<byte[]> recording = new ArrayDeque<>();
    private @Nullable FrontendMessage end;
    private long recordingBytes;
    private boolean complete;
    private boolean over;

    /** @param room runs when there may be room again */
    CopyInData(Talk talk, PendingCommand pending, ResponseMasker masker, boolean binary, Runnable room) {
        this.talk = talk;
        this.pending = pending;
        this.masker = masker;
        this.room = room;
        parts = new CopyParts(talk.session.surroundings().limits().chunkBytes(), binary);
    }

    @Override
    public void take(FrontendMessage message) {
        switch (message) {
            case CopyData data -> parts.add(data.data());
            case CopyDone done -> ends(done);
            case CopyFail fail -> ends(fail);
            default -> throw new IllegalArgumentException("no part of a copy");
        }
        record();
    }

    private void ends(FrontendMessage last) {
        end = last;
        parts.end();
        talk.copy.close();
    }

    @Override
    public boolean hasRoom() {
        return parts.bytes() + recordingBytes
                        <= talk.session.surroundings().limits().unreleasedBytes()
                && talk.target.writable();
    }

    /** Whether the target was told that this is all: from then on it may have happened. */
    boolean complete() {
        return complete;
    }

    /** The copy is over, or the session: what was not passed on never will be. */
    void drop() {
        over = true;
        talk.copy.close();
    }

    private void record() {
        if (over) {
            return;
        }
        for (byte[] part = parts.next(recording.isEmpty()); part != null; part = parts.next(false)) {
            if (!pending.drawData(part.length)) {
                giveUp();
                return;
            }
            byte[] recorded = part;
            recording.add(recorded);
            recordingBytes += recorded.length;
            talk.gate.copied(pending, masker, recorded, parts.text(recorded)).thenRun(() -> passOn(recorded));
        }
        if (recording.isEmpty()) {
            finish();
        }
    }

    /** A budget is used up: the target is told to take nothing of it. */
    private void giveUp() {
        drop();
        end = null;
        talk.target.copy(new CopyFail("a budget of the gateway is used up"));
        talk.target.copy(new FrontendMessage.Flush());
    }

    private void passOn(byte[] part) {
        if (over || recording.poll() != part) {
            return;
        }
        recordingBytes -= part.length;
        talk.target.copy(new CopyData(part));
        record();
        room.run();
    }

    private void finish() {
        FrontendMessage last = end;
        if (last == null || over) {
            return;
        }
        end = null;
        complete = last instanceof CopyDone;
        talk.target.copy(last);
        talk.target.copy(new FrontendMessage.Flush());
    }
}
