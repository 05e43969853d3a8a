package org.countersign.model.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.countersign.model.masking.ContentScanner.Masked;
import org.junit.jupiter.api.Test;

class ContentScannerTest {
    private static final HashKey KEY = new HashKey(new byte[16]);
    private static final Map<String, MaskKind> ALL = Map.of(
            "pan", MaskKind.FIRST6LAST4,
            "email", MaskKind.PARTIAL,
            "iban", MaskKind.LAST4,
            "secret", MaskKind.CLEAR);

    private final ContentScanner scanner = new ContentScanner(ALL, KEY);

    @Test
    void masksEveryFindInItsPlace() {
        assertThat(scanner.scan("anna@mail.example paid with 4111111111111111, refund to DE89370400440532013000"))
                .contains(new Masked(
                        "a***@mail.example paid with 411111******1111, refund to ******************3000", 3));
    }

    @Test
    void findsNothingInHarmlessText() {
        assertThat(scanner.scan("five orders of 2026-11-22, sku A-1000")).isEmpty();
        assertThat(scanner.scan("")).isEmpty();
    }

    @Test
    void redactsSecretsEvenWhenTheyWereToBeClear() {
        assertThat(scanner.scan("password=hunter2;")).contains(new Masked("password=***;", 1));
    }

    @Test
    void masksOverlappingFindsOnceAndStrictly() {
        assertThat(scanner.scan("password=anna@mail.example x")).contains(new Masked("*** x", 1));
        assertThat(scanner.scan("postgres://a:b@mail.example/x")).contains(new Masked("postgres://a:***/x", 1));
    }

    @Test
    void doesNotLookForWhatMayBeClearOrWasNotAsked() {
        ContentScanner pansAreClear = new ContentScanner(Map.of("pan", MaskKind.CLEAR), KEY);

        assertThat(pansAreClear.scan("4111111111111111 anna@mail.example")).isEmpty();
    }

    @Test
    void showsStarsWhereAPartWouldBeNull() {
        ContentScanner scannerToNull = new ContentScanner(Map.of("pan", MaskKind.NULL), KEY);

        assertThat(scannerToNull.scan("a 4111111111111111 b")).contains(new Masked("a *** b", 1));
    }

    @Test
    void refusesDataClassesWithoutDetector() {
        assertThatThrownBy(() -> new ContentScanner(Map.of("phone", MaskKind.REDACT), KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("phone")
                .hasMessageContaining("[email, iban, pan, secret]");
    }

    @Test
    void leavesNoCardNumberInAnyText() {
        Random random = new Random(11);
        Detector pans = Detectors.of("pan").orElseThrow();
        for (int i = 0; i < 20_000; i++) {
            String text = RandomText.of(random, random.nextInt(12)) + "4111111111111111" + RandomText.of(random, 5);
            String shown = scanner.scan(text).map(Masked::text).orElse(text);
            assertThat(pans.next(shown, 0)).as(text + " -> " + shown).isEmpty();
        }
    }
}
