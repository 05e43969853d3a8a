package org.countersign.connector.postgres;

import java.security.MessageDigest;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;

/**
 * Passes the data that was approved on, as if its client sent it now: recorded first, as far as there is room. Before the
 * last word it is made sure that it was exactly that data. Confined to the session's event loop.
 */
final class CopySpoolFeed {
    private static final int PART_BYTES = 64 << 10;
    private final Talk talk;
    private final CopySpool spool;
    private final CopyInData data;
    private final MessageDigest read = CopySpool.sha256();
    private long from;
    private boolean begun;
    private boolean reading;
    private boolean over;

    CopySpoolFeed(Talk talk, CopySpool spool, CopyInData data) {
        this.talk = talk;
        this.spool = spool;
        this.data = data;
    }

    /** The target asks for the data. */
    void begin() {
        begun = true;
        go();
    }

    /** Goes on where there is room. */
    void go() {
        if (!begun || reading || over || !data.hasRoom()) {
            return;
        }
        reading = true;
        talk.session.work(() -> spool.read(from, PART_BYTES)).whenComplete((part, failure) -> {
            reading = false;
            if (talk.session.ended()) {
                over = true;
            } else if (failure != null) {
                end(false);
            } else if (part.length == 0) {
                end(spool.is(read));
            } else {
                from += part.length;
                read.update(part);
                data.take(new CopyData(part));
                go();
            }
        });
    }

    private void end(boolean whole) {
        over = true;
        data.take(whole ? new CopyDone() : new CopyFail("the gateway could not keep the data"));
    }
}
