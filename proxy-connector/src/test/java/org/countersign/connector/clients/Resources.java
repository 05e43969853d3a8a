package org.countersign.connector.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.countersign.server.PostgresServer;

/** The scripts and lists of the comparison, under {@code src/test/resources/clients}. */
final class Resources {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "clients");

    private Resources() {}

    static Path path(String name) {
        return DIRECTORY.resolve(name).toAbsolutePath();
    }

    static String text(String name) {
        try {
            return Files.readString(path(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo's tables, which the policy of the tests classifies. */
    static String shop() throws IOException {
        try (var in = PostgresServer.class.getResourceAsStream("shop.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> lines(String name) {
        return text(name).lines().toList();
    }
}
