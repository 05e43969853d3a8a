package org.countersign.model.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaskOutputTest {
    private static final HashKey KEY = new HashKey("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest
    @EnumSource(names = {"REDACT", "HASH", "LAST4", "PARTIAL", "FIRST6LAST4"})
    void recognisesWhateverAMaskShows(MaskKind kind) {
        var random = new Random(kind.ordinal());
        for (int i = 0; i < 2_000; i++) {
            String shown = Maskers.of(kind, KEY)
                    .mask(RandomText.of(random, 1 + random.nextInt(6)))
                    .orElseThrow();
            assertThat(MaskOutput.recognised(kind, shown)).as(shown).isTrue();
            assertThat(MaskOutput.possibleIn("x = '" + shown + "'")).as(shown).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST6LAST4, 411111******1111",
        "FIRST6LAST4, 4111*11********1111",
        "REDACT, **",
        "HASH, ***",
        "LAST4, *2345"
    })
    void recognisesCardsAndWhatWasCut(MaskKind kind, String shown) {
        assertThat(MaskOutput.recognised(kind, shown)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "REDACT, ''",
        "REDACT, ****",
        "HASH, h:0123456789abcdeg",
        "HASH, h:0123456789abcdef0",
        "LAST4, 12345",
        "LAST4, ''",
        "PARTIAL, anna@mail.example",
        "PARTIAL, 2 *** 3",
        "FIRST6LAST4, 4111111111111111",
        "FIRST6LAST4, 411111*****a1111",
        "CLEAR, ***",
        "NULL, ***"
    })
    void leavesRealValuesAlone(MaskKind kind, String value) {
        assertThat(MaskOutput.recognised(kind, value)).isFalse();
    }
}
