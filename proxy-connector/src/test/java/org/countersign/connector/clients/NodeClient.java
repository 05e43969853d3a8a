package org.countersign.connector.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** node-postgres with its cursors and copy streams, in the versions of the lock file. */
record NodeClient() implements Client {
    private static final String RESOURCES = "node-postgres";
    private static final String LOCK = "package-lock.json";
    private static final Path INSTALLED = Path.of("target", RESOURCES).toAbsolutePath();

    @Override
    public String name() {
        return "node-postgres";
    }

    @Override
    public String operate(Endpoint endpoint) throws Exception {
        install();
        Path script = INSTALLED.resolve("operations.mjs");
        Files.copy(Resources.path(RESOURCES + "/operations.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
        return Program.printed(INSTALLED, endpoint, List.of("node", script.toString()));
    }

    /** Where the lock file is not yet the one that was installed. */
    private static void install() throws IOException, InterruptedException {
        Path lock = Resources.path(RESOURCES + "/" + LOCK);
        Path done = INSTALLED.resolve("node_modules").resolve(LOCK);
        if (Files.exists(done) && Files.mismatch(lock, done) < 0) {
            return;
        }
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", LOCK)) {
            Files.copy(
                    Resources.path(RESOURCES + "/" + file),
                    INSTALLED.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = INSTALLED.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed in " + INSTALLED + ":\n" + Files.readString(log));
        }
        Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
    }
}
