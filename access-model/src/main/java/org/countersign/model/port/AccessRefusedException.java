package org.countersign.model.port;

import org.countersign.model.CountersignError;

/** A client may not open a session. The message is written for the person at the prompt and holds no secret. */
public final class AccessRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final CountersignError error;
    private final String hint;

    public AccessRefusedException(CountersignError error, String message, String hint) {
        super(message, null, false, false);
        this.error = error;
        this.hint = hint;
    }

    public CountersignError error() {
        return error;
    }

    public String hint() {
        return hint;
    }
}
