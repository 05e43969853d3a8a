package org.countersign.cli;

/** A command cannot go on. The message is written for the person at the prompt and holds no secret. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final Outcome outcome;

    Failure(Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static Failure usage(String message) {
        return new Failure(Outcome.USAGE, message);
    }

    static Failure notSignedIn(String message) {
        return new Failure(Outcome.NOT_SIGNED_IN, message);
    }

    static Failure unreachable(String message) {
        return new Failure(Outcome.UNREACHABLE, message);
    }

    static Failure refused(String message) {
        return new Failure(Outcome.REFUSED, message);
    }

    Outcome outcome() {
        return outcome;
    }
}
