package org.countersign.core.target;

/** A target cannot be reached because the gateway lacks its own password there. The message holds no secret. */
public final class SecretUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public SecretUnavailableException(String message) {
        super(message, null, false, false);
    }
}
