package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeDigestTest {
    private static final String REWRITTEN = "({QUERY :commandType 1 :relid 16400 :location 7})";

    @Test
    void leavesOutPlacesAndThePlainConstantsOfTheText() {
        assertThat(shape(constant(23, 31, "4 [ 1 0 0 0 0 0 0 0 ]")))
                .isEqualTo(shape(constant(23, 32, "4 [ 2 0 0 0 ]")));
        assertThat(shape(constant(25, 31, "7 [ 28 0 0 0 97 98 99 ]")))
                .isEqualTo(shape(constant(25, 8, "5 [ 20 0 0 0 97 ]")));
    }

    @Test
    void wrapsOfLinesAreNoDifference() {
        assertThat(shape("{A :b 1 :c ({D :e 2})}")).isEqualTo(shape("{A :b\n1 :c\n(\n{D :e 2})\n}"));
    }

    @Test
    void keepsConstantsThatStandElsewhereAndThoseOfOtherTypes() {
        assertThat(shape(constant(23, -1, "4 [ 1 0 0 0 ]"))).isNotEqualTo(shape(constant(23, -1, "4 [ 2 0 0 0 ]")));
        assertThat(shape(constant(2205, 31, "4 [ 1 0 0 0 ]"))).isNotEqualTo(shape(constant(2205, 31, "4 [ 2 0 0 0 ]")));
        assertThat(shape(constant(23, 31, "4 [ 1 0 0 0 ]"))).isNotEqualTo(shape(constant(20, 31, "4 [ 1 0 0 0 ]")));
        assertThat(shape(constant(23, 31, "<>"))).isNotEqualTo(shape(constant(23, 31, "4 [ 1 0 0 0 ]")));
    }

    @Test
    void keepsNamesThatLookLikeFields() {
        assertThat(shape("{ALIAS :aliasname :location :colnames 1}"))
                .isNotEqualTo(shape("{ALIAS :aliasname :location :colnames 2}"));
        assertThat(shape("{ALIAS :aliasname :constvalue :colnames 1}"))
                .isNotEqualTo(shape("{ALIAS :aliasname :other :colnames 1}"));
    }

    @Test
    void keepsWhatIsNotAscii() {
        assertThat(shape("{A :b ä}")).isNotEqualTo(shape("{A :b ö}"));
    }

    @Test
    void theTwoTreesAreToldApart() {
        assertThat(ShapeDigest.of("{A :b 1}", "{A :b 2}")).isNotEqualTo(ShapeDigest.of("{A :b 2}", "{A :b 1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{A :b 1",
                "{A :b 1}}",
                "{A :b 1)",
                "{A :b}",
                "{A b 1}",
                "{A :b 1 2}",
                "(1}",
                "{A :b \\",
                "{CONST :consttype 23 :location 4 :constvalue 4 [ 1",
                "{CONST :consttype 23 :location 4 :constvalue 4}",
                "{A :location }"
            })
    void whatCannotBeReadIsTheSameAsNothing(String tree) {
        assertThatThrownBy(() -> shape(tree)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void documentsReadTheirConstants() {
        assertThat(ShapeDigest.depends("{VAR :vartype 3802 :varno 1}")).isTrue();
        assertThat(ShapeDigest.depends("{VAR :vartype 23 :varno 1}")).isFalse();
    }

    private static String constant(int type, int location, String value) {
        return "{CONST :consttype " + type + " :consttypmod -1 :constlen 4 :location " + location + " :constvalue "
                + value + "}";
    }

    private static String shape(String tree) {
        return ShapeDigest.of(tree, REWRITTEN);
    }
}
