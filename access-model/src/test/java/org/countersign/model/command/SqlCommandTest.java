package org.countersign.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SqlCommandTest {
    private static final UserRoutine A = new UserRoutine("a", "1", Volatility.VOLATILE, true);
    private static final UserRoutine B = new UserRoutine("b", "2", Volatility.IMMUTABLE, false);
    private static final FieldName NOTE = new FieldName("public.orders", "note");
    private static final FieldName EMAIL = new FieldName("public.customers", "email");

    @Test
    void severalStatementsDoWhatEachOfThemDoes() {
        SqlCommand both = several(reading("01"), deleting("02"));
        assertThat(both.statements()).isEqualTo(2);
        assertThat(both.kind()).isEqualTo("select; delete");
        assertThat(both.effects()).containsExactlyInAnyOrder(Effect.READ, Effect.WRITE);
        assertThat(both.accesses())
                .extracting(access -> access.action().name())
                .containsExactly("sql:select", "sql:delete");
        assertThat(both.functions()).containsExactly("public.f()");
        assertThat(both.hasPredicate()).isFalse();
        assertThat(both.outputs()).extracting(OutputField::label).containsExactly("email", "id");
        assertThat(both.examined()).containsExactly(EMAIL);
        assertThat(both.written()).containsExactly(NOTE);
        assertThat(both.analysis().versions()).containsExactly("a@1", "b@2");
        assertThat(both.parts()).containsExactly(reading("01"), deleting("02"));
    }

    @Test
    void oneStatementIsItsOnlyPart() {
        assertThat(reading("01").parts()).containsExactly(reading("01"));
        assertThat(reading("01").statements()).isEqualTo(1);
    }

    @Test
    void theDigestTellsWhichStatementHasWhichTree() {
        String digest = several(reading("01"), deleting("02")).analysis().treeDigest();
        assertThat(digest).hasSize(64);
        assertThat(several(reading("02"), deleting("01")).analysis().treeDigest())
                .isNotEqualTo(digest);
        assertThat(several(reading("01"), deleting("")).analysis().treeDigest()).isNotEqualTo(digest);
        assertThat(several(reading("01"), deleting("02")).analysis().treeDigest())
                .isEqualTo(digest);
    }

    @Test
    void aRoutineSaysInWordsWhatItMayDo() {
        assertThat(A.described()).isEqualTo("a, volatile, runs with its owner's rights (SECURITY DEFINER)");
        assertThat(B.described()).isEqualTo("b, immutable");
    }

    private static SqlCommand several(SqlCommand... statements) {
        return SqlCommand.several("the text", List.of(statements), List.of(), false);
    }

    private static SqlCommand reading(String digest) {
        return statement(
                "select",
                new SqlAnalysis(
                        List.of(access("select")),
                        Set.of(Effect.READ),
                        List.of("public.f()"),
                        true,
                        List.of(new OutputField("email", Set.of(EMAIL))),
                        Set.of(EMAIL),
                        Set.of(),
                        Set.of(),
                        List.of(B),
                        digest));
    }

    private static SqlCommand deleting(String digest) {
        return statement(
                "delete",
                new SqlAnalysis(
                        List.of(access("delete")),
                        Set.of(Effect.WRITE),
                        List.of("public.f()"),
                        false,
                        List.of(new OutputField("id", Set.of())),
                        Set.of(),
                        Set.of(),
                        Set.of(NOTE),
                        List.of(A, B),
                        digest));
    }

    private static Access access(String verb) {
        return new Access(Action.sql(verb), new Resource.Relation("public.orders", Set.of("id")));
    }

    private static SqlCommand statement(String kind, SqlAnalysis analysis) {
        return new SqlCommand(kind, kind, List.of(), analysis, List.of(), false);
    }
}
