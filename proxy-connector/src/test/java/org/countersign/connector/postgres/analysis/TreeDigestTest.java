package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreeDigestTest {
    private static final String TREE = "{QUERY :targetList ({CONST :consttype %d :location %d :constvalue 4 [ %d ]})}";

    @Test
    void leavesLocationsAndLineBreaksOut() {
        assertThat(digest(23, 9, 1)).isEqualTo(digest(23, 40, 1));
        assertThat(TreeDigest.of("{A :b (o 1\n2)}", "()")).isEqualTo(TreeDigest.of("{A :b (o 1 2)}", "()"));
    }

    @Test
    void leavesOutLiteralsThatAreEvaluatedAnew() {
        assertThat(digest(1184, 9, 1)).isEqualTo(digest(1184, 9, 2));
    }

    @Test
    void keepsEveryOtherConstant() {
        assertThat(digest(23, 9, 1)).isNotEqualTo(digest(23, 9, 2));
        assertThat(digest(2205, 9, 1)).isNotEqualTo(digest(2205, 9, 2));
        // a stored view's: the server drops its locations
        assertThat(digest(1184, -1, 1)).isNotEqualTo(digest(1184, -1, 2));
    }

    @Test
    void tellsTheTreesApart() {
        assertThat(TreeDigest.of("{A}", "(({A}))")).isNotEqualTo(TreeDigest.of("({A})", "({A})"));
        assertThat(TreeDigest.of("{A}", "{B}"))
                .isNotEqualTo(TreeDigest.of("{B}", "{A}"))
                .hasSize(64);
    }

    @Test
    void tellsANameWithASpaceFromTwoNames() {
        assertThat(TreeDigest.of("{A :b\\ c 1}", "{A :b 1 :c 2}"))
                .isNotEqualTo(TreeDigest.of("{A :b 1 :c {A :b\\ c 1}}", "2"));
    }

    private static String digest(int type, int location, int value) {
        return TreeDigest.of(TREE.formatted(type, location, value), "()");
    }
}
