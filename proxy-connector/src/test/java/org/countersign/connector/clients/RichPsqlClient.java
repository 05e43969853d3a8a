package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** psql's descriptions of every kind of object, its own commands, and scripts that fail in each of its ways to run them. */
record RichPsqlClient(PostgresClients programs, Path directory) implements Client {
    private static final String SCRIPT = "psql.sql";
    private static final String FAILING = "failing.sql";
    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("goes on", List.of());
        WAYS.put("stops", List.of("-v", "ON_ERROR_STOP=1"));
        WAYS.put("one transaction", List.of("-1"));
        WAYS.put("one transaction that stops", List.of("-1", "-v", "ON_ERROR_STOP=1"));
    }

    @Override
    public String name() {
        return "psql-rich";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        Files.createDirectories(directory);
        for (String script : List.of(SCRIPT, FAILING)) {
            Files.copy(
                    Resources.path("rich/" + script), directory.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
        var out = new StringBuilder(run(endpoint, List.of("-f", SCRIPT)));
        for (var way : WAYS.entrySet()) {
            var options = new ArrayList<>(way.getValue());
            options.addAll(List.of("-a", "-f", FAILING));
            out.append("\n== failing script that ").append(way.getKey()).append('\n');
            out.append(run(endpoint, options));
            out.append(run(endpoint, List.of("-c", "drop table if exists sales.first_made")));
        }
        return out.toString();
    }

    private String run(Endpoint endpoint, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(programs.program("psql"), "-X"));
        command.addAll(options);
        return Program.printed(directory, endpoint, command);
    }
}
