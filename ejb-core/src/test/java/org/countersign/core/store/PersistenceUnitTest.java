package org.countersign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersistenceUnitTest {

    @Test
    void namesEveryMappedClass() throws Exception {
        assertThat(named()).containsExactlyInAnyOrderElementsOf(mapped());
    }

    private static List<String> named() throws IOException {
        try (InputStream in = PersistenceUnitTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
            String unit = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("<class>(.+?)</class>")
                    .matcher(unit)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        }
    }

    private static List<String> mapped() throws Exception {
        Path classes = Path.of(PersistenceUnitTest.class
                        .getResource("/META-INF/persistence.xml")
                        .toURI())
                .resolve("../..")
                .normalize();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name ->
                            load(name).filter(PersistenceUnitTest::isMapped).isPresent())
                    .toList();
        }
    }

    private static boolean isMapped(Class<?> type) {
        return type.isAnnotationPresent(Entity.class)
                || type.isAnnotationPresent(Embeddable.class)
                || type.isAnnotationPresent(Converter.class);
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, PersistenceUnitTest.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
