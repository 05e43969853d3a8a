package org.countersign.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fills the fields that are {@link Started}. All classes have one server, each with a database as new; a gateway belongs to
 * one class, and after each test it writes to its journal and lets in for as long as at its start again.
 */
final class StartedParts implements BeforeAllCallback, AfterEachCallback {
    private static final Namespace PARTS = Namespace.create(StartedParts.class);

    /** A target with the directory that is its own. */
    private record Kept(DemoTarget target, Path directory) implements AutoCloseable {
        static Kept start() {
            try {
                Path directory = Files.createTempDirectory("target");
                return new Kept(DemoTarget.start(directory.resolve("server")), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            target.close();
            delete(directory);
        }
    }

    /** A gateway with its journal. */
    private record Opened(TestGateway gateway, Path journal) implements AutoCloseable {
        static Opened before(DemoTarget target) throws IOException {
            Path journal = Files.createTempDirectory("journal");
            return new Opened(new TestGateway(target.upstream(), journal, 0, Optional.empty()), journal);
        }

        @Override
        public void close() throws IOException {
            gateway.close();
            delete(journal);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        List<Field> fields = AnnotationSupport.findAnnotatedFields(context.getRequiredTestClass(), Started.class);
        var parts = context.getStore(PARTS);
        DemoTarget target = target(context, fields);
        TestGateway gateway = null;
        if (fields.stream().anyMatch(field -> !field.getType().equals(DemoTarget.class))) {
            Opened opened = Opened.before(target);
            parts.put(Opened.class, opened);
            gateway = opened.gateway();
        }
        for (Field field : fields) {
            field.setAccessible(true);
            if (field.getType().equals(DemoTarget.class)) {
                field.set(null, target);
            } else if (field.getType().equals(TestGateway.class)) {
                field.set(null, gateway);
            } else {
                field.set(null, new Comparison(target, gateway));
            }
        }
    }

    private static DemoTarget target(ExtensionContext context, List<Field> fields) throws SQLException {
        boolean alone = fields.stream()
                .anyMatch(field -> field.getAnnotation(Started.class).alone());
        var parts = (alone ? context : context.getRoot()).getStore(PARTS);
        DemoTarget target = parts.computeIfAbsent(alone ? "of the class" : "of all", none -> Kept.start(), Kept.class)
                .target();
        target.renew();
        return target;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Opened opened = context.getStore(PARTS).get(Opened.class, Opened.class);
        if (opened != null) {
            opened.gateway().mend();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
