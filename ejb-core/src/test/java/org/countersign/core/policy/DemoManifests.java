package org.countersign.core.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests that the demo starts with. */
final class DemoManifests {
    private DemoManifests() {}

    static List<ManifestSource> all() {
        try (Stream<Path> files = Files.list(Path.of("../server/demo"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(DemoManifests::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ManifestSource read(Path file) {
        try {
            return new ManifestSource(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
