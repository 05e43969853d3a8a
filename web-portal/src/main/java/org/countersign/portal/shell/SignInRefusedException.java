package org.countersign.portal.shell;

/** The gateway does not accept the signed-in person's token; the message is written for that person. */
public final class SignInRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SignInRefusedException(String message) {
        super(message, null, false, false);
    }
}
