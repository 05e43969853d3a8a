package org.countersign.connector.postgres;

import org.countersign.connector.intercept.PendingCommand;
import org.jspecify.annotations.Nullable;

/** A statement under a client's name. Its receipt was recorded when it was parsed and becomes its first execution's. */
final class Prepared {
    private final Statement statement;
    private @Nullable PendingCommand received;

    Prepared(Statement statement, PendingCommand received) {
        this.statement = statement;
        this.received = received;
    }

    Statement statement() {
        return statement;
    }

    /** The receipt, for the first caller only. */
    @Nullable
    PendingCommand takeReceived() {
        PendingCommand first = received;
        received = null;
        return first;
    }
}
