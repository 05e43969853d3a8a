package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UnfailingTest {
    @Test
    void listsHarmlessFunctionsUnderTheirNames() {
        Set<String> harmless = BuiltIns.reviewed("harmless-functions.txt").stream()
                .filter(function -> BuiltIns.harmless(function.oid()))
                .map(function -> function.oid() + " " + function.signature())
                .collect(Collectors.toSet());
        for (String line : ResourceLines.of("unfailing-functions.txt")) {
            String[] words = line.split(" ", 3);
            assertThat(harmless).contains(words[0] + " " + words[2]);
        }
    }

    @Test
    void trustsNothingElse() {
        assertThat(Unfailing.of(67)).isEqualTo(Unfailing.ANY);
        assertThat(Unfailing.of(154)).as("int4div").isEqualTo(Unfailing.NEVER);
        assertThat(Unfailing.of(Column.FIRST_USER_OID)).isEqualTo(Unfailing.NEVER);
    }
}
