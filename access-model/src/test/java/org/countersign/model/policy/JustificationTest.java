package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JustificationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* reason: TICKET-1, late order */ delete from orders",
                "  \n/*reason:TICKET-1, late order*/delete from orders",
                "/* reason:\n TICKET-1, late order\n*/\n/* reason: other */ delete from orders"
            })
    void isTheCommentAtTheStart(String text) {
        assertThat(Justification.of(command(text))).contains("TICKET-1, late order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from orders",
                "delete from orders /* reason: late */",
                "/* because: late */ delete from orders",
                "/* reason: */ delete from orders",
                "/* reason:   \t */ delete from orders",
                "/* reason: a /* nested */ comment */ delete from orders",
                "/* reason: never closed",
                "-- reason: late\ndelete from orders",
                "select '/* reason: late */'"
            })
    void isNothingElse(String text) {
        assertThat(Justification.of(command(text))).isEmpty();
    }

    @Test
    void isNothingThatIsTooLong() {
        assertThat(Justification.of(command("/* reason: " + "x".repeat(2_001) + " */ select 1")))
                .isEmpty();
        assertThat(Justification.of(command("/* reason: " + "x".repeat(2_000) + " */ select 1")))
                .isPresent();
        assertThat(Justification.of(command("/* reason:" + "*".repeat(100_000))))
                .isEmpty();
    }

    private static SqlCommand command(String text) {
        return new SqlCommand(
                "delete",
                text,
                List.of(),
                new SqlAnalysis(
                        List.of(), Set.of(), List.of(), true, List.of(), Set.of(), Set.of(), Set.of(), List.of(), "00"),
                List.of(),
                false);
    }
}
