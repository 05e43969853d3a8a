package org.countersign.cli;

import java.util.Optional;

/** What goes through the gateway at this moment, as far as the one who asks may know. */
public sealed interface Traffic {
    /**
     * @param connections of clients, signed in or not
     * @param held commands that wait for approval on an open connection
     */
    record Known(long connections, long sessions, long held) implements Traffic {}

    /** @param why for the person at the prompt */
    record Unknown(String why) implements Traffic {}

    /** Asks with the token that {@code tokenFrom} names ({@code env:NAME}, {@code file:PATH}, {@code -}), or login's. */
    static Traffic now(Optional<String> tokenFrom) {
        return now(Terminal.ofProcess(), tokenFrom);
    }

    static Traffic now(Terminal terminal, Optional<String> tokenFrom) {
        try {
            String metrics = SignIn.with(tokenFrom).gateway(terminal).readMetrics();
            return new Known(value(metrics, "connections"), value(metrics, "sessions"), value(metrics, "held"));
        } catch (Failure e) {
            return new Unknown(String.valueOf(e.getMessage()));
        } catch (Gateway.ProblemException e) {
            return new Unknown(String.valueOf(e.failure().getMessage()));
        }
    }

    private static long value(String metrics, String name) throws Failure {
        String line = "countersign_gateway_" + name + " ";
        try {
            return Long.parseLong(metrics.lines()
                    .filter(metric -> metric.startsWith(line))
                    .findFirst()
                    .orElse("")
                    .substring(line.length()));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new Failure(Outcome.REFUSED, "the gateway does not say how many " + name + " there are");
        }
    }
}
