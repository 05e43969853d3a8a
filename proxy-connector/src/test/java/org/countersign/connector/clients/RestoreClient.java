package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** pg_restore, and psql, of everything into an empty database; shown is what a dump past the gateway makes of that. */
record RestoreClient(PostgresClients programs, RichTarget target, Path directory) implements Client {
    private static final String SCRIPT = "script.sql";
    private static final Map<String, List<String>> ARCHIVES = new LinkedHashMap<>();
    private static final Map<String, List<String>> SCRIPTS = new LinkedHashMap<>();

    static {
        ARCHIVES.put("single transaction", List.of("--single-transaction"));
        ARCHIVES.put("by two", List.of("--jobs=2"));
        SCRIPTS.put("script", List.of());
    }

    @Override
    public String name() {
        return "pg_restore";
    }

    /** The endpoint is that of the database that is made empty before each. */
    @Override
    public String operate(Endpoint endpoint) throws Exception {
        var out = new StringBuilder();
        var dumps = new DumpClient(programs, directory);
        Path archive = dumps.archive(target.direct(), List.of("--format=custom"));
        for (var operation : ARCHIVES.entrySet()) {
            target.empty();
            var command = new ArrayList<>(List.of(programs.program("pg_restore"), "--dbname=" + endpoint.database()));
            command.addAll(operation.getValue());
            command.add(archive.toString());
            out.append("== ").append(operation.getKey()).append('\n');
            out.append(Program.printed(directory, endpoint, command)).append('\n');
            out.append(dumps.dump(target.restoredDirectly(), List.of())).append('\n');
        }
        for (var operation : SCRIPTS.entrySet()) {
            target.empty();
            Files.move(
                    dumps.archive(target.direct(), operation.getValue()),
                    directory.resolve(SCRIPT),
                    StandardCopyOption.REPLACE_EXISTING);
            out.append("== ").append(operation.getKey()).append('\n');
            out.append(psql(endpoint)).append('\n');
            out.append(dumps.dump(target.restoredDirectly(), List.of())).append('\n');
        }
        return out.toString();
    }

    private String psql(Endpoint endpoint) throws IOException, InterruptedException {
        return Program.printed(
                directory,
                endpoint,
                List.of(programs.program("psql"), "-X", "-q", "-o", "restored", "-v", "ON_ERROR_STOP=1", "-f", SCRIPT));
    }
}
