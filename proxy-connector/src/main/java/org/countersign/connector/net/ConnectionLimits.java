package org.countersign.connector.net;

import java.time.Duration;

/**
 * What one connection, and all of them together, may take.
 *
 * @param maxConnections open at once, signed in or not
 * @param loginTimeout from accept to the end of the sign-in
 * @param connectTimeout for reaching the target
 * @param preAuthBytes the largest message before a client has signed in; a password may have 64 kB
 * @param messageBytes the largest message of a signed-in client or of a target
 * @param statementBytes the largest text of one statement
 * @param treeBytes the largest query trees of one statement
 * @param maxBatchMessages messages between two Syncs that are kept before they are worked on
 * @param heldBytes what a client may send while its command waits for approval
 * @param chunkBytes after how many bytes of a response its record is written
 * @param unreleasedBytes response bytes that may wait for their record or for the client before the target is no
 *     longer read
 */
public record ConnectionLimits(
        int maxConnections,
        Duration loginTimeout,
        Duration connectTimeout,
        int preAuthBytes,
        int messageBytes,
        int statementBytes,
        int treeBytes,
        int maxBatchMessages,
        int heldBytes,
        int chunkBytes,
        int unreleasedBytes) {
    public ConnectionLimits {
        if (maxConnections < 1
                || !loginTimeout.isPositive()
                || !connectTimeout.isPositive()
                || preAuthBytes < 1
                || messageBytes < preAuthBytes
                || statementBytes < 1
                || treeBytes < statementBytes
                || maxBatchMessages < 1
                || heldBytes < 1
                || chunkBytes < 1
                || unreleasedBytes < chunkBytes) {
            throw new IllegalArgumentException("every limit must be positive, and the larger ones larger");
        }
    }

    public static ConnectionLimits standard(int maxConnections) {
        return new ConnectionLimits(
                maxConnections,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                10_000,
                64 << 20,
                1 << 20,
                32 << 20,
                10_000,
                64 << 10,
                64 << 10,
                1 << 20);
    }
}
