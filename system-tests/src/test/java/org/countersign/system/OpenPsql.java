package org.countersign.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A psql that somebody has open, and types into now and then. */
final class OpenPsql implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Process process;
    private final StringBuffer said = new StringBuffer();
    private final CompletableFuture<Void> silent;
    private int asked;

    OpenPsql(Process process) {
        this.process = process;
        silent = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> read(process.getInputStream())),
                CompletableFuture.runAsync(() -> read(process.getErrorStream())));
    }

    /** Types a statement and waits until it is done, or psql is over; returns everything said so far. */
    String ask(String sql) {
        String mark = "--- done " + ++asked;
        type(sql + ";\n\\warn " + mark + "\n");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || said.indexOf(mark) >= 0);
        if (!process.isAlive()) {
            silent.join();
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
        silent.join();
        return said.toString();
    }

    /** Waits until it is over without typing anything; returns everything said. */
    String endsByItself(Duration within) {
        Awaitility.await().atMost(within).pollInterval(Duration.ofMillis(100)).until(this::over);
        silent.join();
        return said.toString();
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
