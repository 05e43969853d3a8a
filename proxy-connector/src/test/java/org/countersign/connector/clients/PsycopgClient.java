package org.countersign.connector.clients;

import java.nio.file.Path;
import java.util.List;

/** Debian's psycopg2 under Debian's Python, whatever other Python is first on the path. */
record PsycopgClient(Path directory) implements Client {
    @Override
    public String name() {
        return "psycopg2";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        return Program.printed(
                directory,
                endpoint,
                List.of(
                        "/usr/bin/python3",
                        Resources.path("psycopg2/operations.py").toString()));
    }
}
