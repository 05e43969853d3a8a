package org.countersign.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Distributions as their makers ship them: one directory at the top of a zip. */
final class Zip {

    private Zip() {}

    /** Unpacks without the directory at the top; scripts stay executable. */
    static void unpack(Path zip, Path directory) throws IOException {
        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            for (ZipArchiveEntry entry :
                    (Iterable<ZipArchiveEntry>) () -> file.getEntries().asIterator()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path path = directory.resolve(name).normalize();
                if (!path.startsWith(directory)) {
                    throw new IOException("entry leaves its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(directory.resolve(name + "/..").normalize());
                    try (var content = file.getInputStream(entry)) {
                        Files.copy(content, path);
                    }
                    if ((entry.getUnixMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
