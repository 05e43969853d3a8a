package org.countersign.connector.postgres.analysis;

/** The text is not a sequence of PostgreSQL tokens; the server would refuse it too. */
public final class LexException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final int offset;
    private final boolean tooLong;

    LexException(String reason, int offset) {
        super(reason + " at character " + (offset + 1));
        this.reason = reason;
        this.offset = offset;
        tooLong = false;
    }

    private LexException(long bytes, int limit) {
        super("The text has " + bytes + " bytes; the limit is " + limit + ".");
        reason = "";
        offset = 0;
        tooLong = true;
    }

    /** The gateway does not look at a text of this length, whatever the server would make of it. */
    public static LexException tooLong(long bytes, int limit) {
        return new LexException(bytes, limit);
    }

    public boolean tooLong() {
        return tooLong;
    }

    /** In the server's words, but for the place. */
    public String reason() {
        return reason;
    }

    /** Characters before the place where the unfinished token starts. */
    public int offset() {
        return offset;
    }
}
