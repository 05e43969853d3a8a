package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever trees a target prints and whatever its catalog answers: an analysis ends, with a result or a refusal. */
class StatementAnalysisFuzzTest {
    /** More rounds than an analysis asks. */
    private static final int MAX_ROUNDS = 100;

    static Stream<byte[]> seeds() {
        return Seeds.trees().stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1h")
    void endsInAResultOrARefusal(byte[] target) {
        String text = new String(target, StandardCharsets.UTF_8);
        for (int major : List.of(15, 18)) {
            TreeFixture.of(major, text).ifPresent(StatementAnalysisFuzzTest::check);
        }
    }

    private static void check(TreeFixture target) {
        StatementAnalysis analysis = StatementAnalysis.of(
                kind(target.sql()), target.analysed(), target.rewritten(), target.version(), target.labels());
        Progress progress = analysis.progress();
        for (int round = 0; progress instanceof Progress.Needs needs; round++) {
            assertThat(round).isLessThan(MAX_ROUNDS);
            for (CatalogQuestion question : needs.questions()) {
                analysis.answer(
                        question,
                        target.answers().getOrDefault(question.kind() + " " + question.parameter(), List.of()));
            }
            progress = analysis.progress();
        }
        switch (progress) {
            case Progress.Done done -> {
                assertThat(done.analysis().treeDigest()).hasSize(64);
                assertThat(done.analysis().outputs())
                        .hasSize(
                                kind(target.sql()) instanceof StatementKind.Explain
                                        ? 1
                                        : target.labels().size());
            }
            case Progress.Refused refused -> assertThat(refused.reason()).isNotBlank();
            case Progress.Needs needs -> throw new IllegalStateException();
        }
    }

    private static StatementKind kind(String sql) {
        try {
            List<Piece> pieces = SqlLexer.split(sql);
            return pieces.isEmpty() ? new StatementKind.Optimizable("select") : StatementKind.of(pieces.getFirst());
        } catch (LexException torn) {
            return new StatementKind.Optimizable("select");
        }
    }
}
