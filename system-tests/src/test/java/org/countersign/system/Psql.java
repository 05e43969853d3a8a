package org.countersign.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Debian's psql against the gateway, with the password in the environment as a person would give it. */
final class Psql {
    private final int port;
    private final String database;
    private final String user;
    private final String password;
    private final String options;

    Psql(int port, String database, String user, String password, String options) {
        this.port = port;
        this.database = database;
        this.user = user;
        this.password = password;
        this.options = options;
    }

    /** What psql printed, rows unaligned and separated by {@code |}; errors verbose, with SQLSTATE. */
    record Result(int exit, String out, String err) {
        List<String> rows() {
            return out.lines().toList();
        }
    }

    Result run(String... statements) {
        try {
            Process process = start(statements);
            return finish(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts psql as somebody who types, and waits until it is connected. */
    OpenPsql open() {
        var psql = new OpenPsql(process());
        String said = psql.ask("select 'connected'");
        if (psql.over()) {
            throw new IllegalStateException(said);
        }
        return psql;
    }

    /** Connects, and stays so until it is closed. */
    PsqlSession session() {
        var builder = builder(command());
        try {
            return new PsqlSession(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        return new ArrayList<>(List.of(
                "psql",
                "-X",
                "-A",
                "-t",
                "-q",
                "-v",
                "VERBOSITY=verbose",
                "-P",
                "pager=off",
                "-d",
                "host=127.0.0.1 port=" + port + " dbname=" + database + " user=" + user + " connect_timeout=20"));
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().put("PGPASSWORD", password);
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        return builder;
    }

    /** Starts psql on the statements, each its own Query, and leaves it running. */
    Process start(String... statements) {
        Process process = process(statements);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process;
    }

    private Process process(String... statements) {
        List<String> command = new ArrayList<>(List.of(
                "psql",
                "-X",
                "-A",
                "-t",
                "-v",
                "VERBOSITY=verbose",
                "-v",
                "ON_ERROR_STOP=1",
                "-P",
                "pager=off",
                "-d",
                "host=127.0.0.1 port=" + port + " dbname=" + database + " user=" + user + " connect_timeout=20"
                        + (options.isEmpty() ? "" : " options='" + options + "'")));
        for (String statement : statements) {
            command.add("-c");
            command.add(statement);
        }
        ProcessBuilder builder = builder(command);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result finish(Process process) throws InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("psql did not return: " + out.join() + err.join());
        }
        return new Result(process.exitValue(), out.join(), err.join());
    }

    private static String read(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
