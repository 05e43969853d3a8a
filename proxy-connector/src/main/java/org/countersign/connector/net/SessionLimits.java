package org.countersign.connector.net;

/**
 * What one open session may take.
 *
 * @param messageBytes the largest message of a signed-in client or of a target; 64 KiB to 1 GiB less one byte
 * @param statementBytes the largest text of one statement; 1 KiB to 1 MiB
 * @param treeBytes the largest query trees of one statement; 64 KiB to 32 MiB
 * @param maxBatchMessages messages between two Syncs that are kept before they are worked on; 16 to 1,000,000
 * @param maxStatements prepared statements, and as many portals; 16 to 1,000,000
 * @param heldBytes what a client may send while its command waits for approval
 * @param copySpoolBytes the most data of one COPY FROM STDIN that is kept while people decide about it; up to 1 GiB, 0
 *     refuses such a COPY
 * @param chunkBytes after how many bytes of a response its record is written
 * @param unreleasedBytes response bytes that may wait for their record or for the client before the target is no
 *     longer read
 */
public record SessionLimits(
        int messageBytes,
        int statementBytes,
        int treeBytes,
        int maxBatchMessages,
        int maxStatements,
        int heldBytes,
        int copySpoolBytes,
        int chunkBytes,
        int unreleasedBytes,
        SessionTimes times) {
    public SessionLimits {
        Range.check("maxMessageBytes", messageBytes, 64 << 10, (1 << 30) - 1);
        Range.check("maxStatementBytes", statementBytes, 1 << 10, 1 << 20);
        Range.check("maxTreeBytes", treeBytes, 64 << 10, 32 << 20);
        Range.check("maxBatchMessages", maxBatchMessages, 16, 1_000_000);
        Range.check("maxPreparedStatements", maxStatements, 16, 1_000_000);
        Range.check("heldBytes", heldBytes, 1, messageBytes);
        Range.check("maxCopySpoolBytes", copySpoolBytes, 0, 1 << 30);
        Range.check("chunkBytes", chunkBytes, 1, messageBytes);
        Range.check("unreleasedBytes", unreleasedBytes, chunkBytes, Integer.MAX_VALUE);
    }

    /** The defaults, but for the waiting. */
    public static SessionLimits standard(SessionTimes times) {
        return of(64 << 20, 1 << 20, 32 << 20, 10_000, 10_000, 16 << 20, times);
    }

    /** With what nobody has to choose. */
    public static SessionLimits of(
            int messageBytes,
            int statementBytes,
            int treeBytes,
            int maxBatchMessages,
            int maxStatements,
            int copySpoolBytes,
            SessionTimes times) {
        return new SessionLimits(
                messageBytes,
                statementBytes,
                treeBytes,
                maxBatchMessages,
                maxStatements,
                64 << 10,
                copySpoolBytes,
                64 << 10,
                1 << 20,
                times);
    }
}
