package org.countersign.model.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MaskersTest {
    private static final HashKey KEY = new HashKey("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));
    private static final String FACE = "\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({
        "FIRST6LAST4, 4111111111111111, 411111******1111",
        "FIRST6LAST4, 4111 1111 1111 1111, 4111*11********1111",
        "FIRST6LAST4, 4222222222222, 422222***2222",
        "FIRST6LAST4, 422222222222, ***",
        "FIRST6LAST4, 41111111111111111111, ***",
        "FIRST6LAST4, card 4111111111111111, ***",
        "FIRST6LAST4, 4111--111111111111, ***",
        "LAST4, 4111111111111111, ************1111",
        "LAST4, 1234, ****",
        "LAST4, 12345, *2345",
        "LAST4, '', ''",
        "PARTIAL, anna.abel1@mail.example, a***@mail.example",
        "PARTIAL, a@mail.example, ***@mail.example",
        "PARTIAL, Anna Abel, A***",
        "PARTIAL, A, ***",
        "PARTIAL, '', ***",
        "PARTIAL, call me @ home, c***",
        "PARTIAL, a@mail.example and b@mail.example, a***",
        "REDACT, anything, ***",
        "CLEAR, anything, anything"
    })
    void showsWhatTheContractSays(MaskKind kind, String value, String shown) {
        assertThat(Maskers.of(kind, KEY).mask(value)).contains(shown);
    }

    @Test
    void showsNothingForNull() {
        assertThat(Maskers.of(MaskKind.NULL, KEY).mask("anything")).isEmpty();
    }

    @Test
    void hashesEqualValuesAlikeUnderOneKeyOnly() {
        Masker masker = Maskers.of(MaskKind.HASH, KEY);
        Masker other = Maskers.of(MaskKind.HASH, new HashKey("another sixteen!".getBytes(StandardCharsets.US_ASCII)));

        String hash = masker.mask("anna").orElseThrow();

        assertThat(hash).matches("h:[0-9a-f]{16}");
        assertThat(masker.mask("anna")).contains(hash);
        assertThat(masker.mask("anne")).isNotEqualTo(masker.mask("anna"));
        assertThat(other.mask("anna")).isNotEqualTo(masker.mask("anna"));
    }

    @Test
    void hashIsTheOneOfRfc2104() {
        // openssl dgst -sha256 -hmac 'sixteen bytes ok' of "anna"
        assertThat(Maskers.of(MaskKind.HASH, KEY).mask("anna")).contains("h:898957131e2753c9");
    }

    @Test
    void countsCodePointsAndSplitsNone() {
        assertThat(Maskers.of(MaskKind.PARTIAL, KEY).mask(FACE + "abc")).contains(FACE + "***");
        assertThat(Maskers.of(MaskKind.LAST4, KEY).mask("ab" + FACE.repeat(4))).contains("**" + FACE.repeat(4));
        assertThat(Maskers.of(MaskKind.LAST4, KEY).mask(FACE.repeat(4))).contains("****");
    }

    @ParameterizedTest
    @EnumSource(value = MaskKind.class, names = "CLEAR", mode = EnumSource.Mode.EXCLUDE)
    void showsNoLongValueWhole(MaskKind kind) {
        Random random = new Random(20261122);
        Masker masker = Maskers.of(kind, KEY);
        for (int i = 0; i < 5_000; i++) {
            String value = "v" + RandomText.of(random, 5 + random.nextInt(40));
            String shown = masker.mask(value).orElse("");
            assertThat(shown).isNotEqualTo(value);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
        }
    }
}
