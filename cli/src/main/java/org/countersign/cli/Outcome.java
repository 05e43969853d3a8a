package org.countersign.cli;

/** What the exit code says; the codes never change their meaning. */
enum Outcome {
    DONE(0),
    /** {@code diff} found differences, {@code verify} found a fault. */
    DIFFERENT(1),
    /** The command line, a file or the environment is wrong; nothing was sent. */
    USAGE(2),
    NOT_SIGNED_IN(3),
    UNREACHABLE(4),
    /** The gateway said no. */
    REFUSED(5);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
