package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients are shown otherwise than by PostgreSQL is what the page of the protocol says, no less and no more. */
class DocumentedDifferencesTest {
    private static final Path PAGE = Path.of("..", "docs", "protocols", "postgresql.md");
    private static final String SECTION = "### Seen when clients are compared";

    @Test
    void areThoseThatAreAccepted() throws IOException {
        assertThat(documented())
                .containsExactlyElementsOf(AcceptedDifferences.standard().reasons());
    }

    /** The points of the section, each on one line. */
    private static List<String> documented() throws IOException {
        var points = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE, StandardCharsets.UTF_8)) {
            if (line.startsWith("#")) {
                inside = line.equals(SECTION);
            } else if (inside && line.startsWith("- ")) {
                points.add(line.substring(2).strip());
            } else if (inside && line.startsWith("  ")) {
                points.add(points.removeLast() + " " + line.strip());
            }
        }
        return points;
    }
}
