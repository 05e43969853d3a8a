package org.countersign.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One psql that stays connected while a test looks elsewhere; each statement is answered with all that psql printed. */
final class PsqlSession implements AutoCloseable {
    private static final String DONE = "=the statement is over=";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    PsqlSession(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String run(String sql) {
        try {
            in.write(sql + ";\n\\echo '" + DONE + "'\n");
            in.flush();
            var said = new StringBuilder();
            for (String line = out.readLine(); !DONE.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("psql left: " + said);
                }
                said.append(line).append('\n');
            }
            return said.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
