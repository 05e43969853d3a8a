package org.countersign.model.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

    @Test
    void namesItsDataClasses() {
        assertThat(Detectors.dataClasses()).containsExactly("email", "iban", "pan", "secret");
        assertThat(Detectors.of("phone")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, 4111111111111111",
        "card 4111 1111 1111 1111., 4111 1111 1111 1111",
        "5500-0000-0000-0004!, 5500-0000-0000-0004",
        "amex 3782 822463 10005 due, 3782 822463 10005",
        "x4222222222222y, 4222222222222",
        "4111 1111 1111 1111 12, 4111 1111 1111 1111",
        "7 4111111111111111, 4111111111111111",
        "6011000990139424 5555555555554444, 6011000990139424|5555555555554444"
    })
    void findsCardNumbers(String text, String found) {
        assertThat(String.join("|", all("pan", text))).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "14111111111111111111",
                "41111111111111110000",
                "4111  1111 1111 1111",
                "4111/1111/1111/1111",
                "411111111111",
                "0000000000000000",
                "2026-11-22 00:18:01",
                ""
            })
    void leavesOtherNumbersAlone(String text) {
        assertThat(all("pan", text)).isEmpty();
    }

    @Test
    void findsEveryCardNumberInEveryGrouping() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String number = cardNumber(random, 13 + random.nextInt(7));
            StringBuilder grouped = new StringBuilder();
            for (int k = 0; k < number.length(); k++) {
                boolean split = k > 0 && random.nextInt(4) == 0;
                grouped.append(split ? random.nextBoolean() ? " " : "-" : "").append(number.charAt(k));
            }
            assertThat(all("pan", "no. " + grouped + ", thanks"))
                    .anyMatch(found -> grouped.toString().contains(found));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "write to anna.abel1@mail.example., anna.abel1@mail.example",
        "<a+b@x-y.co.uk>, a+b@x-y.co.uk",
        "j\u00f6rg@m\u00fcller.example, j\u00f6rg@m\u00fcller.example",
        "'{\"e\":\"o''hara@mail.example\"}', o'hara@mail.example",
        "a@b.de;c@d.de, a@b.de|c@d.de",
        "a@b@c.de, b@c.de"
    })
    void findsMailAddresses(String text, String found) {
        assertThat(String.join("|", all("email", text))).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "a@", "@b.de", "a@b", "a@.de", "a@b.d", "a @b.de", "a@b..de", ""})
    void leavesOtherAtSignsAlone(String text) {
        assertThat(all("email", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DE89370400440532013000, DE89370400440532013000",
        "IBAN: DE89 3704 0044 0532 0130 00 and so on, DE89 3704 0044 0532 0130 00",
        "gb29nwbk60161331926819, gb29nwbk60161331926819",
        "NO9386011117947, NO9386011117947",
        "MT84MALT011000012345MTLCAST001S, MT84MALT011000012345MTLCAST001S"
    })
    void findsBankAccounts(String text, String found) {
        assertThat(String.join("|", all("iban", text))).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000",
                "DE8937040044053201300",
                "DE893704004405320130001",
                "XDE89370400440532013000",
                "ZZ89370400440532013000",
                "DE89  3704 0044 0532 0130 00"
            })
    void leavesOtherAccountsAlone(String text) {
        assertThat(all("iban", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "id AKIAIOSFODNN7EXAMPLE ok, AKIAIOSFODNN7EXAMPLE",
        "ghp_0123456789abcdefABCDEF0123456789abcd, ghp_0123456789abcdefABCDEF0123456789abcd",
        "xoxb-123456789012-abcdef, xoxb-123456789012-abcdef",
        "key=sk-proj-0123456789abcdef0123, sk-proj-0123456789abcdef0123",
        "Authorization: Bearer 0123456789abcdef+/=, 0123456789abcdef+/=",
        "host=db password=hunter2 user=x, hunter2",
        "host=db PWD = 'two words';x, two words",
        "postgres://app:s3cr%40t@db.example/shop, s3cr%40t",
        "redis://:only@h, only"
    })
    void findsSecrets(String text, String found) {
        assertThat(String.join("|", all("secret", text))).isEqualTo(found);
    }

    @Test
    void findsWebTokensAndPrivateKeys() {
        String pem = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----";

        assertThat(all("secret", "token " + JWT + " end")).containsExactly(JWT);
        assertThat(all("secret", "a\n" + pem + "\nb")).containsExactly(pem);
        assertThat(all("secret", "-----BEGIN PRIVATE KEY-----\nMHcC"))
                .containsExactly("-----BEGIN PRIVATE KEY-----\nMHcC");
        assertThat(all("secret", "-----BEGIN CERTIFICATE-----\nMHcC\n-----END CERTIFICATE-----"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the password is new",
                "password=",
                "bearer of bad news",
                "sk-short",
                "task-0123456789abcdef0123",
                "http://host:8080/a@b",
                "eyJ.a.b",
                "eyJhbGciOiJub25lIn0"
            })
    void leavesOtherWordsAlone(String text) {
        assertThat(all("secret", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 ",
                "4111-",
                "a@",
                "@",
                "a.",
                "DE89 ",
                "eyJ",
                "eyJ.",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-",
                "sk-",
                "://a:",
                "a",
                "password ",
                "password='",
                "bearer ",
                "-",
                "AKIA",
                "x://"
            })
    void takesTimeInProportionToTheText(String part) {
        String hostile = part.repeat(1_000_000 / part.length());
        for (String dataClass : Detectors.dataClasses()) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> all(dataClass, hostile));
        }
    }

    @Test
    void findsSpansThatAdvanceAndSplitNoCodePoint() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = RandomText.of(random, random.nextInt(30));
            for (String dataClass : Detectors.dataClasses()) {
                int from = 0;
                for (Span span : spans(dataClass, text)) {
                    assertThat(span.start()).isGreaterThanOrEqualTo(from);
                    from = span.end();
                    assertThat(splits(text, span.start()) || splits(text, span.end()))
                            .isFalse();
                }
            }
        }
    }

    private static boolean splits(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    private static List<String> all(String dataClass, String text) {
        return spans(dataClass, text).stream()
                .map(span -> text.substring(span.start(), span.end()))
                .toList();
    }

    private static List<Span> spans(String dataClass, String text) {
        Detector detector = Detectors.of(dataClass).orElseThrow();
        List<Span> spans = new ArrayList<>();
        Optional<Span> span = detector.next(text, 0);
        while (span.isPresent()) {
            spans.add(span.get());
            span = detector.next(text, span.get().end());
        }
        return spans;
    }

    private static String cardNumber(Random random, int length) {
        StringBuilder number = new StringBuilder("4");
        while (number.length() < length - 1) {
            number.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled / 10 + doubled % 10;
        }
        return number.append((10 - sum % 10) % 10).toString();
    }
}
