package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Debian's pgbench: the steps of its initialisation, its own scripts, and ours, in each query mode; scripts that fail. */
record PgbenchClient(Path directory) implements Client {
    private static final List<String> MODES = List.of("simple", "extended", "prepared");
    private static final List<String> BUILT_IN = List.of("tpcb-like", "simple-update", "select-only");
    private static final String RETRIES = "(?m)^(number of transactions retried|total number of retries): .*";
    private static final String SCRIPT = "script.sql";
    private static final String SUMS = "select (select sum(abalance) from pgbench_accounts) accounts,"
            + " (select sum(bbalance) from pgbench_branches) branches, (select sum(tbalance) from pgbench_tellers) tellers,"
            + " (select count(*) from pgbench_history) history, (select sum(amount) from entries) entries,"
            + " (select string_agg(c::text, ' ' order by id) from child c) children";

    @Override
    public String name() {
        return "pgbench";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        var out = new Run(endpoint, new StringBuilder());
        initialise(out);
        for (String mode : MODES) {
            builtIn(out, mode);
            operations(out, mode);
        }
        failures(out, "simple");
        failures(out, "prepared");
        out.pgbench("four clients", "-c", "4", "-j", "2", "-t", "10", "-b", "select-only");
        out.pgbench("a connection for each transaction", "-C", "-t", "5", "-b", "select-only");
        conflicts(out);
        return out.text.toString();
    }

    private void initialise(Run out) throws Exception {
        out.psql("definitions", "-f", resource("definitions.sql"));
        for (String steps : List.of("dt", "g", "p", "f", "v")) {
            out.initialise("initialisation " + steps, "-I", steps, "-s", "1");
        }
        out.initialise("partitions", "-I", "dtGvpf", "--partitions=3", "--unlogged-tables", "--fillfactor=90");
    }

    private void builtIn(Run out, String mode) throws Exception {
        for (String script : BUILT_IN) {
            out.pgbench(mode + " " + script, "-M", mode, "-b", script, "-t", "20", "-n");
        }
        out.pgbench(mode + " with a vacuum before it", "-M", mode, "-b", "tpcb-like", "-t", "1");
        out.sums(mode);
    }

    private void operations(Run out, String mode) throws Exception {
        String simple = Boolean.toString(mode.equals("simple"));
        out.pgbench(
                mode + " operations",
                "-M",
                mode,
                "-D",
                "mode=" + mode,
                "-D",
                "simple=" + simple,
                "-D",
                "round=0",
                "-f",
                resource("operations.sql"),
                "-t",
                "2",
                "-n");
    }

    private void failures(Run out, String mode) throws Exception {
        for (Map.Entry<String, String> script : scripts().entrySet()) {
            Files.writeString(directory.resolve(SCRIPT), script.getValue());
            out.pgbench(
                    mode + " " + script.getKey(),
                    "-M",
                    mode,
                    "-f",
                    SCRIPT,
                    "-t",
                    "2",
                    "-n",
                    "--max-tries=3",
                    "--verbose-errors",
                    "--failures-detailed");
        }
        out.sums(mode + " after failures");
    }

    /** How often two that write the same row have to try depends on the moment; that nothing is lost does not. */
    private void conflicts(Run out) throws Exception {
        Files.writeString(directory.resolve(SCRIPT), """
                begin isolation level repeatable read;
                update entries set amount = amount + 1 where id = 22;
                commit;
                """);
        var undecided = new Run(out.endpoint, new StringBuilder());
        undecided.pgbench(
                "clients in conflict",
                "-M",
                "prepared",
                "-f",
                SCRIPT,
                "-c",
                "4",
                "-j",
                "2",
                "-t",
                "10",
                "-n",
                "--max-tries=1000");
        out.text.append(undecided.text.toString().replaceAll(RETRIES, "$1: <some>"));
        out.sums("clients in conflict");
    }

    private static Map<String, String> scripts() {
        var scripts = new LinkedHashMap<String, String>();
        for (String section : Resources.text("pgbench/failures.txt").split("(?m)^== ")) {
            int head = section.indexOf('\n');
            if (head > 0) {
                scripts.put(section.substring(0, head), section.substring(head + 1));
            }
        }
        return scripts;
    }

    private String resource(String name) throws IOException {
        Files.createDirectories(directory);
        Files.copy(Resources.path("pgbench/" + name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return name;
    }

    /** One way of the comparison. */
    private final class Run {
        private final Endpoint endpoint;
        private final StringBuilder text;

        Run(Endpoint endpoint, StringBuilder text) {
            this.endpoint = endpoint;
            this.text = text;
        }

        void initialise(String operation, String... options) throws Exception {
            print(operation, List.of("pgbench", "-i"), options);
        }

        void pgbench(String operation, String... options) throws Exception {
            print(operation, List.of("pgbench", "--random-seed=7"), options);
        }

        void psql(String operation, String... options) throws Exception {
            print(operation, List.of("psql", "-X", "-a"), options);
        }

        void sums(String operation) throws Exception {
            psql("sums: " + operation, "-c", SUMS);
        }

        private void print(String operation, List<String> program, String... options) throws Exception {
            var command = new ArrayList<>(program);
            command.addAll(List.of(options));
            text.append("== ").append(operation).append('\n');
            text.append(Program.printed(directory, endpoint, command)).append('\n');
        }
    }
}
