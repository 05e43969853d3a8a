package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A library for Node, with what it needs, in the versions of its lock file.
 *
 * @param library the name of the client and of the directory with its operations
 */
record NodeClient(String library) implements Client {
    private static final String LOCK = "package-lock.json";

    @Override
    public String name() {
        return library;
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        return run(endpoint, "operations.mjs");
    }

    /** Runs another script of its directory. */
    String run(Endpoint endpoint, String name) throws IOException, InterruptedException {
        Path installed = Path.of("target", library).toAbsolutePath();
        install(installed);
        Path script = installed.resolve(name);
        Files.copy(Resources.path(library + "/" + name), script, StandardCopyOption.REPLACE_EXISTING);
        return Program.printed(installed, endpoint, List.of("node", script.toString()));
    }

    /** Where the lock file is not yet the one that was installed. */
    private void install(Path installed) throws IOException, InterruptedException {
        Path lock = Resources.path(library + "/" + LOCK);
        Path done = installed.resolve("node_modules").resolve(LOCK);
        if (Files.exists(done) && Files.mismatch(lock, done) < 0) {
            return;
        }
        Files.createDirectories(installed);
        for (String file : List.of("package.json", LOCK)) {
            Files.copy(
                    Resources.path(library + "/" + file), installed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = installed.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(installed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed in " + installed + ":\n" + Files.readString(log));
        }
        Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
    }
}
