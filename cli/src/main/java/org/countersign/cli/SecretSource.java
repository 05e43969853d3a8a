package org.countersign.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret comes from; never the command line, which every local process can read. */
sealed interface SecretSource {
    int MAX_BYTES = 64 * 1024;

    record Variable(String name) implements SecretSource {}

    record File(Path path) implements SecretSource {}

    record StandardInput() implements SecretSource {}

    /** @param text {@code env:NAME}, {@code file:PATH} or {@code -}; it is not quoted in the failure, it may be the secret */
    static SecretSource of(String option, String text) throws Failure {
        if (text.equals("-")) {
            return new StandardInput();
        }
        if (text.startsWith("env:") && text.length() > 4) {
            return new Variable(text.substring(4));
        }
        if (text.startsWith("file:") && text.length() > 5) {
            return new File(Path.of(text.substring(5)));
        }
        throw Failure.usage(option + " takes env:NAME, file:PATH or - (standard input)");
    }

    /** Names the place, never the secret. */
    default String origin() {
        return switch (this) {
            case Variable(String name) -> "env:" + name;
            case File(Path path) -> "file:" + path;
            case StandardInput() -> "standard input";
        };
    }

    /** Returns the secret without the line end behind it; never empty. */
    default String read(Terminal terminal) throws Failure {
        String value = value(terminal).strip();
        if (value.isEmpty()) {
            throw Failure.usage("the secret is empty: " + origin());
        }
        return value;
    }

    private String value(Terminal terminal) throws Failure {
        try {
            return switch (this) {
                case Variable(String name) -> {
                    String value = terminal.environment().get(name);
                    if (value == null) {
                        throw Failure.usage("the environment variable " + name + " is not set");
                    }
                    yield value;
                }
                case File(Path path) -> {
                    if (!Files.isRegularFile(path)) {
                        throw Failure.usage("there is no file " + path);
                    }
                    if (Files.size(path) > MAX_BYTES) {
                        throw Failure.usage("no secret is as long as " + path);
                    }
                    yield Files.readString(path);
                }
                case StandardInput() -> new String(terminal.in().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            };
        } catch (IOException e) {
            throw Failure.usage("the secret cannot be read: " + origin());
        }
    }
}
