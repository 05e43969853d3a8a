package org.countersign.connector.clients;

import java.nio.file.Path;
import java.util.List;

/**
 * Debian's libraries under Debian's Python, whatever other Python is first on the path.
 *
 * @param library the name of the client and of the directory with its operations
 */
record PythonClient(String library, Path directory) implements Client {
    @Override
    public String name() {
        return library;
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        return Program.printed(
                directory,
                endpoint,
                List.of(
                        "/usr/bin/env",
                        "PYTHONHASHSEED=0",
                        "/usr/bin/python3",
                        Resources.path(library + "/operations.py").toString()));
    }
}
