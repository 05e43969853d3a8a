package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything.at(all)",
        "public.*, public.orders",
        "*.orders, a.b.orders",
        "sql:*, sql:select",
        "p*.o*s, public.orders",
        "**, x",
        "a*a, aa",
        "public.orders, public.orders"
    })
    void fits(String glob, String name) {
        assertThat(new Glob(glob).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "public.*, publicorders",
        "public.orders, public.orders2",
        "a*a, a",
        "PUBLIC.*, public.orders",
        "public.orders*, 'public.\"orders x\"'",
        "sql:select, sql:selectx",
        "a*b*a, aba_"
    })
    void doesNotFit(String glob, String name) {
        assertThat(new Glob(glob).matches(name)).isFalse();
    }

    @Test
    void agreesWithTheRegularExpressionItStandsFor() {
        var random = new Random(20_261_122);
        for (int i = 0; i < 50_000; i++) {
            String glob = text(random, "ab.*", 8);
            String name = text(random, "ab.", 10);
            String regex = Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            assertThat(new Glob(glob).matches(name)).as("%s on %s", glob, name).isEqualTo(name.matches(regex));
        }
    }

    @Test
    void hostilePatternDoesNotExplode() {
        var glob = new Glob("a*".repeat(200) + "b");
        assertThat(glob.matches("a".repeat(100_000))).isFalse();
    }

    private static String text(Random random, String alphabet, int max) {
        return random.ints(random.nextInt(max + 1), 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
