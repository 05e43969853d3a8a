package org.countersign.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A psql that somebody has open, and types into now and then. */
final class OpenPsql implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Process process;
    private final StringBuffer said = new StringBuffer();
    private final List<Thread> readers;
    private int asked;

    OpenPsql(Process process) {
        this.process = process;
        // not on the common pool: with few processors one open psql would keep everybody else from reading
        readers = List.of(
                Thread.ofPlatform().daemon().start(() -> read(process.getInputStream())),
                Thread.ofPlatform().daemon().start(() -> read(process.getErrorStream())));
    }

    /** Types a statement and waits until it is done, or psql is over; returns everything said so far. */
    String ask(String sql) {
        // one word, which psql writes at once: what it prints elsewhere meanwhile cannot come in between
        String mark = "--done-" + ++asked + "--";
        type(sql + ";\n\\warn " + mark + "\n");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || said.indexOf(mark) >= 0);
        if (!process.isAlive()) {
            heard();
        }
        return said.toString();
    }

    /** Types a statement and waits for nothing. */
    void type(String text) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(text.getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // it is over: what it said tells why
        }
    }

    boolean over() {
        return !process.isAlive();
    }

    /** Goes on asking until the session is over, within a few seconds; returns everything said. */
    String ends(Duration within) {
        Awaitility.await()
                .atMost(within)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> over() || ask("select 1").isEmpty() || over());
        heard();
        return said.toString();
    }

    /** Waits until it is over without typing anything; returns everything said. */
    String endsByItself(Duration within) {
        Awaitility.await().atMost(within).pollInterval(Duration.ofMillis(100)).until(this::over);
        heard();
        return said.toString();
    }

    /** Waits until everything is read that it said before it was over. */
    private void heard() {
        try {
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(InputStream in) {
        byte[] bytes = new byte[4096];
        try (in) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                said.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
