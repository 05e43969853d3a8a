package org.countersign.core.grant;

/** Nothing was given, ended or reviewed. Takes nothing back: that somebody tried is kept. */
public class GrantRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final GrantRefusal reason;

    public GrantRefusedException(GrantRefusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    public GrantRefusal reason() {
        return reason;
    }
}
