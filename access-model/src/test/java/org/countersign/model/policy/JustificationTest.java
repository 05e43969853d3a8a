package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JustificationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* reason: TICKET-1, late order */",
                "/*reason:TICKET-1, late order*/",
                "/* reason:\n TICKET-1, late order\n*/",
                "-- reason: TICKET-1, late order"
            })
    void isWhatACommentSays(String comment) {
        assertThat(Justification.in(comment)).contains("TICKET-1, late order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* because: late */",
                "/* no reason: late */",
                "/* reason: */",
                "/* reason:   \t */",
                "/* reason: \0 */",
                "-- late",
                "-- reason:"
            })
    void isNothingElse(String comment) {
        assertThat(Justification.in(comment)).isEmpty();
    }

    @Test
    void isNothingThatIsTooLong() {
        assertThat(Justification.in("/* reason: " + "x".repeat(2_001) + " */")).isEmpty();
        assertThat(Justification.in("/* reason: " + "x".repeat(2_000) + " */")).isPresent();
        assertThat(Justification.in("/* reason:" + "*".repeat(1 << 20) + "*/")).isEmpty();
        assertThat(Justification.of(" why \n")).contains("why");
    }
}
