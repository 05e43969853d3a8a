package org.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The manifests that an empty store is filled with at the first start. */
final class Bootstrap {

    private Bootstrap() {}

    /** The ones asked for; else the demo's, with the demo target's address; nothing without a demo. */
    static Optional<Path> manifests(Settings settings) {
        if (settings.bootstrap().isPresent()) {
            return settings.bootstrap().map(Bootstrap::existing);
        }
        return settings.demo() ? Optional.of(demo(settings)) : Optional.empty();
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new LaunchException("COUNTERSIGN_BOOTSTRAP names " + path + ", which does not exist");
        }
        return path;
    }

    private static Path demo(Settings settings) {
        Path copy = settings.home().resolve("bootstrap");
        Directories.delete(copy);
        PrivateFile.directory(copy);
        try (var manifests = Files.newDirectoryStream(Build.root().resolve("server/demo"), "*.yaml")) {
            for (Path manifest : manifests) {
                Files.writeString(
                        copy.resolve(manifest.getFileName() + ""),
                        Files.readString(manifest)
                                .replace(
                                        "127.0.0.1:" + Port.DEMO_TARGET.number(),
                                        "127.0.0.1:" + settings.port(Port.DEMO_TARGET)));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
