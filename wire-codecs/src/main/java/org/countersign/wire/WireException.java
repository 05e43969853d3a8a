package org.countersign.wire;

import io.netty.handler.codec.DecoderException;

/**
 * The peer broke its protocol: the connection is to be closed and nothing more read from it. The text names lengths and
 * places, never content.
 */
public final class WireException extends DecoderException {
    private static final long serialVersionUID = 1L;

    private static final String LIMIT_EXCEEDED = "54000";
    private final String sqlState;

    public WireException(String message) {
        this("08P01", message);
    }

    public WireException(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    /** What PostgreSQL would call it; a protocol violation unless said otherwise. */
    public String sqlState() {
        return sqlState;
    }

    /** What was sent may be well-formed, but is more than the limit. */
    public static WireException tooLarge(String message) {
        return new WireException(LIMIT_EXCEEDED, message);
    }

    public boolean tooLarge() {
        return sqlState.equals(LIMIT_EXCEEDED);
    }
}
