package org.countersign.server;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells the person at the prompt what happens. For several threads. */
final class Progress {

    private final PrintStream out;
    private final Instant began = Instant.now();

    Progress(PrintStream out) {
        this.out = out;
    }

    synchronized void step(String part, String what) {
        out.printf(Locale.ROOT, "[%5.1f s] %-10s %s%n", seconds(), part, what);
        out.flush();
    }

    synchronized void print(String text) {
        out.print(text);
        out.flush();
    }

    double seconds() {
        return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    }
}
