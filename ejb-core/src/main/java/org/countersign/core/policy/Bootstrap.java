package org.countersign.core.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifests that fill an empty store: {@code COUNTERSIGN_BOOTSTRAP}, a file or a directory of YAML files. */
final class Bootstrap {
    private static final String VARIABLE = "COUNTERSIGN_BOOTSTRAP";

    private Bootstrap() {}

    static Optional<Path> path(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /** @throws ManifestException when there is nothing to read */
    static List<ManifestSource> read(Path path) throws ManifestException {
        try {
            if (!Files.isDirectory(path)) {
                return List.of(source(path));
            }
            var sources = new ArrayList<ManifestSource>();
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(Bootstrap::yaml).sorted().toList()) {
                    sources.add(source(file));
                }
            }
            if (sources.isEmpty()) {
                throw unreadable(path, "the directory of " + VARIABLE + " has no .yaml file");
            }
            return sources;
        } catch (IOException e) {
            throw unreadable(path, VARIABLE + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static boolean yaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }

    private static ManifestSource source(Path file) throws IOException {
        return new ManifestSource(file.toString(), Files.readString(file));
    }

    private static ManifestException unreadable(Path path, String message) {
        return new ManifestException(List.of(new ManifestProblem(path.toString(), 0, 0, "", message)));
    }
}
