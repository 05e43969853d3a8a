package org.countersign.connector.net;

import java.time.Duration;

/**
 * How long a session may wait for its client, and a held command for other people.
 *
 * @param idle without a command, outside of a transaction; 1 second to 30 days, zero for ever
 * @param idleInTransaction without a command, inside of a transaction; 1 second to 30 days, zero for ever
 * @param held until a held command is given up even if its approval could still come; 1 second to 30 days
 */
public record SessionTimes(Duration idle, Duration idleInTransaction, Duration held) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    public SessionTimes {
        Range.checkOrOff("idleTimeout", idle, SHORTEST, LONGEST);
        Range.checkOrOff("idleInTransactionTimeout", idleInTransaction, SHORTEST, LONGEST);
        Range.check("heldTimeout", held, SHORTEST, LONGEST);
    }

    public static SessionTimes standard() {
        return new SessionTimes(Duration.ofHours(8), Duration.ofHours(1), Duration.ofHours(24));
    }
}
