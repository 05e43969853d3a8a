package org.countersign.connector.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Debian's psql on a script, with every line echoed. */
record PsqlClient(Path directory) implements Client {
    @Override
    public String name() {
        return "psql";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        Path script = Files.createDirectories(directory).resolve("operations.sql");
        Files.copy(Resources.path("psql/operations.sql"), script, StandardCopyOption.REPLACE_EXISTING);
        return Program.printed(
                directory,
                endpoint,
                List.of("psql", "-X", "-a", "-f", script.getFileName().toString()));
    }
}
