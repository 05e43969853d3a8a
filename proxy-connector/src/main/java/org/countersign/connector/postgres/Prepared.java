package org.countersign.connector.postgres;

import java.util.Optional;
import org.countersign.connector.intercept.PendingCommand;
import org.jspecify.annotations.Nullable;

/** A statement under a client's name. Its receipt was recorded when it was parsed and becomes its first execution's. */
final class Prepared {
    private Statement statement;
    private final Optional<String> reason;
    private @Nullable PendingCommand received;
    private Talk.Moment judged;
    private boolean changed;
    private boolean suspect;

    /** @param judged when it was analysed */
    Prepared(Statement statement, PendingCommand received, Talk.Moment judged) {
        this.statement = statement;
        this.received = received;
        this.reason = received.reason();
        this.judged = judged;
    }

    Statement statement() {
        return statement;
    }

    /** Why it is executed, as its text says. */
    Optional<String> reason() {
        return reason;
    }

    /** It was analysed anew and means something else now. */
    void renew(Statement anew, Talk.Moment now) {
        statement = anew;
        judged = now;
        changed = false;
        suspect = false;
    }

    /** The receipt, for the first caller only. */
    @Nullable
    PendingCommand takeReceived() {
        PendingCommand first = received;
        received = null;
        return first;
    }

    /** Whether it may have come to mean something else without the target showing it. */
    boolean stale(Talk.Moment now) {
        return suspect
                || (statement.reread()
                        ? !judged.equals(now)
                        : Meaning.hidden(statement) && judged.syncs() != now.syncs());
    }

    /** It was analysed again. */
    void judgedAgain(boolean same, Talk.Moment now) {
        changed |= !same;
        judged = now;
        suspect = false;
    }

    /** Something ran that may have changed what it means. */
    void suspect() {
        suspect = true;
    }

    /** Whether it no longer means what it meant when the client prepared it. */
    boolean changed() {
        return changed;
    }
}
