package org.countersign.portal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.countersign.portal.text.Placeholders.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @Test
    void findsEveryUse() {
        assertThat(Placeholders.in("set a=$1 where b=$12 or c=$1"))
                .containsExactly(new Use(6, 8, 1), new Use(17, 20, 12), new Use(26, 28, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$1'",
                "'it''s $1'",
                "e'\\'$1'",
                "\"$1\"",
                "-- $1",
                "/* /* */ $1 */",
                "a$1",
                "$x$ $1 $x$",
                "$$ $1 $$",
                "$1234567",
                "$"
            })
    void seesNoneInLiteralsNamesAndComments(String text) {
        assertThat(Placeholders.in(text)).isEmpty();
    }

    @Test
    void goesOnAfterALiteral() {
        assertThat(Placeholders.in("'x' || $1 -- y\n, $2"))
                .extracting(Use::number)
                .containsExactly(1, 2);
    }
}
