package org.countersign.connector.postgres.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What fuzzing starts from: the corpora of statements and the trees that real servers printed. */
public final class Seeds {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus", "postgres");

    private Seeds() {}

    /** Texts of one or several statements, or of none. */
    public static List<String> statements() {
        List<String> texts = new ArrayList<>();
        for (String file : List.of("must-deny.sql", "must-allow.sql")) {
            Corpus.entries(file).forEach(entry -> texts.add(entry.sql()));
        }
        texts.addAll(splits());
        return texts;
    }

    /** Texts whose statements are hard to tell apart. */
    private static List<String> splits() {
        return List.of(Corpus.text("splits.sql").split("\n====\n"));
    }

    /** Statements with the trees of them and the answers of the catalog, as {@link TreeFixture} reads them. */
    static List<byte[]> trees() {
        try (var files = Files.walk(CORPUS.resolve("trees"))) {
            List<byte[]> trees = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                trees.add(Files.readAllBytes(file));
            }
            return trees;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
