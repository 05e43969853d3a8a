package org.countersign.connector.postgres.analysis;

/** The text is not a sequence of PostgreSQL tokens; the server would refuse it too. */
public final class LexException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    LexException(String reason, int offset) {
        super(reason + " at character " + (offset + 1));
        this.offset = offset;
    }

    /** Characters before the place where the unfinished token starts. */
    public int offset() {
        return offset;
    }
}
