package org.countersign.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In the corpus {@code #! text} marks a faulty line and what is said about it, {@code #!5 text} another line. */
final class ManifestReaderTest {
    private static final Pattern EXPECTED = Pattern.compile("#!(\\d+)? (.+)$", Pattern.MULTILINE);
    private final ManifestReader reader = new ManifestReader(new ConditionCompiler());

    static Stream<String> faults() throws IOException {
        try (InputStream corpus = ManifestReaderTest.class.getResourceAsStream("/corpus/manifests/must-fail.txt")) {
            String text = new String(Objects.requireNonNull(corpus).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^=+\n")).filter(part -> !part.isBlank()).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhereAndWhat(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(ManifestException.class, refused -> {
            var expected = EXPECTED.matcher(yaml);
            int count = 0;
            while (expected.find()) {
                count++;
                int here = (int) yaml.substring(0, expected.start()).lines().count();
                int line = expected.group(1) == null ? here : Integer.parseInt(expected.group(1));
                String said = expected.group(2);
                assertThat(refused.problems()).as("line %s: %s", line, said).anySatisfy(problem -> {
                    assertThat(problem.line()).isEqualTo(line);
                    assertThat(problem.message()).contains(said);
                    assertThat(problem.file()).isEqualTo("test.yaml");
                });
            }
            assertThat(refused.problems()).hasSize(count);
        });
    }

    @Test
    void pointsAtTheKeyThatIsUnknown() {
        assertThatThrownBy(() -> read("""
                        apiVersion: countersign/v1
                        kind: SegregationConstraint
                        metadata: {name: x, lables: {a: b}}
                        spec: {type: static, roles: [a, b]}
                        """))
                .isInstanceOfSatisfying(
                        ManifestException.class,
                        refused -> assertThat(refused.problems()).anySatisfy(problem -> {
                            assertThat(problem.message()).startsWith("unknown key lables");
                            assertThat(problem.path()).isEqualTo("metadata.lables");
                            assertThat(problem.line()).isEqualTo(3);
                            assertThat(problem.column()).isEqualTo(21);
                        }));
    }

    @Test
    void reportsEveryProblemOfEveryFile() {
        var sources = List.of(
                new ManifestSource("a.yaml", "kind: Nothing\n"), new ManifestSource("b.yaml", "key: [unclosed\n"));
        assertThat(reader.read(sources).problems())
                .extracting(ManifestProblem::file)
                .contains("a.yaml", "b.yaml")
                .hasSizeGreaterThan(3);
    }

    @Test
    void secretThatIsWrittenDownIsNotRepeated() {
        assertThatThrownBy(() -> read("""
                        apiVersion: countersign/v1
                        kind: Target
                        metadata: {name: shop}
                        spec:
                          protocol: postgresql
                          address: localhost:5432
                          database: shop
                          credential: {username: gateway, secret: hunter2}
                        """))
                .hasMessageContaining("env:NAME or file:PATH")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void boundsSizeAndDepth() {
        assertThat(reader.read(List.of(new ManifestSource("big", "#".repeat(2_000_000))))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("limit 1048576"));
        assertThat(reader.read(List.of(new ManifestSource("deep", "[".repeat(100_000))))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("deeper than 24"));
    }

    @Test
    void emptyTextIsNoProblem() throws ManifestException {
        assertThat(read("# nothing here\n---\n---\n").documents()).isEmpty();
    }

    private PolicySet read(String yaml) throws ManifestException {
        return PolicySet.empty().with(reader.read(List.of(new ManifestSource("test.yaml", yaml))));
    }
}
