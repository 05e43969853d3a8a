package org.countersign.server;

/** Something the person at the prompt can act on; the message is written for that person and is shown without a stack trace. */
public final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
