package org.countersign.connector.postgres;

import java.util.Optional;

/** Why a session sends what gives no reason itself: as SET said last, or else as it connected. */
final class StandingReason {
    private final Optional<String> connected;
    private Optional<String> now;

    StandingReason(Optional<String> connected) {
        this.connected = connected;
        now = connected;
    }

    Optional<String> now() {
        return now;
    }

    /** From now on, whatever becomes of the transaction: it is for people, and changes nothing that runs. */
    void set(String reason) {
        now = Optional.of(reason);
    }

    void reset() {
        now = connected;
    }
}
