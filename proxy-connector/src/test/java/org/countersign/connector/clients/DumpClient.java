package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** pg_dump of everything and of parts, in all of its formats; what is not text is turned into it without a connection. */
record DumpClient(PostgresClients programs, Path directory) implements Client {
    private static final Map<String, List<String>> AS_TEXT = asText();
    private static final Map<String, List<String>> ARCHIVES = archives();

    private static Map<String, List<String>> asText() {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("plain", List.of());
        all.put("column inserts", List.of("--column-inserts", "--rows-per-insert=7"));
        all.put("clean and create", List.of("--clean", "--if-exists", "--create", "--schema-only"));
        all.put("some tables", List.of("--table=sales.cust*", "--enable-row-security", "--strict-names"));
        all.put("one schema", List.of("--schema=\"Odd Names\"", "--no-owner", "--no-acl"));
        all.put(
                "data through the roots",
                List.of("--table=sales.events*", "--load-via-partition-root", "--data-only", "--disable-triggers"));
        all.put(
                "data when nothing conflicts",
                List.of("--serializable-deferrable", "--inserts", "--on-conflict-do-nothing", "--section=data"));
        all.put("no such table", List.of("--table=no_such_table"));
        return all;
    }

    private static Map<String, List<String>> archives() {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("custom", List.of("--format=custom"));
        all.put("directory by two", List.of("--format=directory", "--jobs=2"));
        return all;
    }

    @Override
    public String name() {
        return "pg_dump";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        var out = new StringBuilder();
        for (var operation : AS_TEXT.entrySet()) {
            out.append("== ").append(operation.getKey()).append('\n');
            out.append(dump(endpoint, operation.getValue())).append('\n');
        }
        for (var operation : ARCHIVES.entrySet()) {
            Path archive = archive(endpoint, operation.getValue());
            for (String shown : List.of("--list", "--file=-")) {
                out.append("== ")
                        .append(operation.getKey())
                        .append(' ')
                        .append(shown)
                        .append('\n');
                out.append(run(endpoint, "pg_restore", List.of(shown, archive.toString())))
                        .append('\n');
            }
        }
        return out.toString();
    }

    String dump(Endpoint endpoint, List<String> options) throws IOException, InterruptedException {
        return run(endpoint, "pg_dump", options);
    }

    /** Dumps into a file, or a directory, of its own. */
    Path archive(Endpoint endpoint, List<String> options) throws IOException, InterruptedException {
        Path archive = Files.createTempDirectory(Files.createDirectories(directory), "archive")
                .resolve("dump");
        var all = new ArrayList<>(options);
        all.add("--file=" + archive);
        String printed = run(endpoint, "pg_dump", all);
        if (!printed.equals("\nexit code 0")) {
            throw new IllegalStateException(all + ": " + printed);
        }
        return archive;
    }

    private String run(Endpoint endpoint, String program, List<String> options)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(programs.program(program));
        command.addAll(options);
        return Program.printed(directory, endpoint, command);
    }
}
