package org.countersign.connector.net;

import java.time.Duration;

/**
 * What connections may take before their session is open.
 *
 * @param maxConnections open at once, signed in or not; 1 to 100,000
 * @param maxPerPrincipal sessions of one principal at once; 1 to 100,000
 * @param loginTimeout from accept to the end of the sign-in; 1 second to 10 minutes
 * @param connectTimeout for reaching the target; 100 milliseconds to 10 minutes
 * @param startupBytes the largest start-up packet; 512 to 10,000, which is PostgreSQL's own limit
 */
public record ConnectionLimits(
        int maxConnections, int maxPerPrincipal, Duration loginTimeout, Duration connectTimeout, int startupBytes) {
    public ConnectionLimits {
        Range.check("maxConnections", maxConnections, 1, 100_000);
        Range.check("maxConnectionsPerPrincipal", maxPerPrincipal, 1, 100_000);
        Range.check("loginTimeout", loginTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Range.check("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        Range.check("maxStartupBytes", startupBytes, 512, 10_000);
    }

    /** How many connections may wait for their sign-in at once: half of all, so that strangers never take every place. */
    public int mostStrangers() {
        return Math.max(1, maxConnections / 2);
    }

    /** The defaults, but for how many connections there may be. */
    public static ConnectionLimits standard(int maxConnections) {
        return new ConnectionLimits(
                maxConnections, maxConnections, Duration.ofSeconds(10), Duration.ofSeconds(10), 10_000);
    }
}
