package org.countersign.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a command reads from and writes to. */
record Terminal(Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err) {
    static Terminal ofProcess() {
        return new Terminal(
                System.getenv(),
                System.in,
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
    }

    Settings settings() throws Failure {
        return Settings.of(environment);
    }
}
