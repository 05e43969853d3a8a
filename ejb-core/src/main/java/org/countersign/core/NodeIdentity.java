package org.countersign.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Names this gateway node. The name is kept in {@code node.id} of its home, so that a node that comes up after a crash
 * knows which sessions of the shared index were its own.
 */
@ApplicationScoped
public class NodeIdentity {
    @Inject
    private CoreSettings settings;

    private @Nullable String name;

    public synchronized String name() {
        if (name == null) {
            try {
                name = read(settings.home().resolve("node.id"));
            } catch (IOException e) {
                throw new UncheckedIOException("the node's name cannot be read or made", e);
            }
        }
        return name;
    }

    private static String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "node", ".draft");
            Files.writeString(draft, UUID.randomUUID().toString());
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                // made by another thread meanwhile: that name is read
                return Files.readString(file).strip();
            } finally {
                Files.delete(draft);
            }
        }
        return Files.readString(file).strip();
    }
}
