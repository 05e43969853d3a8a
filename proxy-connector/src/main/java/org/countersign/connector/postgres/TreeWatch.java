package org.countersign.connector.postgres;

import java.util.List;
import org.countersign.connector.postgres.Helpers.Helper;
import org.countersign.wire.postgres.FrontendMessage;

/**
 * Whether the target prints the trees of what it parses or reads anew. It does from the opening of a session on: a
 * prepared statement whose trees do not come at its Bind still means what it meant. Only around statements that run
 * code other than the server's own is it switched off, for that code's statements would be printed too. Confined to the
 * session's event loop.
 */
final class TreeWatch {
    private final Helpers helpers;
    private State state = State.UNKNOWN;

    private enum State {
        ON,
        OFF,
        UNKNOWN
    }

    TreeWatch(Helpers helpers) {
        this.helpers = helpers;
    }

    boolean isOn() {
        return state == State.ON;
    }

    /** What has to be sent before a message whose trees are to be seen; nothing when it is on. */
    List<FrontendMessage> on() {
        if (state == State.ON) {
            return List.of();
        }
        state = State.ON;
        return helpers.run(Helper.LOG_MESSAGES, Helper.PARSE_ON, Helper.REWRITTEN_ON, Helper.PRETTY_OFF);
    }

    /** What has to be sent before code runs whose own statements are not to be printed. */
    List<FrontendMessage> off() {
        if (state == State.OFF) {
            return List.of();
        }
        state = State.OFF;
        return helpers.run(Helper.PARSE_OFF, Helper.REWRITTEN_OFF);
    }

    /** Something ran, or was undone, that may have changed it. */
    void lost() {
        state = State.UNKNOWN;
    }
}
