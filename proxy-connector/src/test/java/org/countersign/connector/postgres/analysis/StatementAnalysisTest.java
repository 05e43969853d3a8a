package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.model.command.Effect;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.SqlAnalysis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over trees and catalog rows that servers of version 15 and 18 printed. */
class StatementAnalysisTest {
    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void followsColumnsThroughViews(int version) throws Exception {
        SqlAnalysis analysis = done(version, "view-column");
        assertThat(accesses(analysis)).containsExactly("sql:select public.customer_contact.(email,id,phone)");
        assertThat(sources(analysis, 0)).containsExactly("public.customers.email");
        assertThat(sources(analysis, 1)).containsExactly("public.customers.phone");
        assertThat(names(analysis.examined())).containsExactly("public.customers.id");
        assertThat(analysis.effects()).containsExactly(Effect.READ);
        assertThat(analysis.functions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void closesOverMaterializedViewsPartitionsAndGeneratedColumns(int version) throws Exception {
        assertThat(sources(done(version, "materialized-view"), 0))
                .containsExactly("public.customer_cards.card_number", "public.customers.card_number");
        assertThat(sources(done(version, "partition"), 0))
                .containsExactly("public.parted.email", "public.parted_1.email");
        assertThat(sources(done(version, "generated"), 0)).containsExactly("public.gen.a", "public.gen.b");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void unitesTheBranchesOfAUnionAndTheColumnsOfARecursion(int version) throws Exception {
        assertThat(sources(done(version, "union-of-tables"), 0))
                .containsExactly("public.customers.email", "public.orders.note");
        assertThat(sources(done(version, "recursive"), 0))
                .containsExactly("public.customers.email", "public.orders.note");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void takesAWholeRowAsAllItsColumns(int version) throws Exception {
        SqlAnalysis analysis = done(version, "whole-row");
        assertThat(accesses(analysis)).containsExactly("sql:select public.customer_contact.(*)");
        assertThat(sources(analysis, 0)).contains("public.customers.email", "public.customers.phone");
        assertThat(names(analysis.examined())).isEmpty();
        assertThat(analysis.outputs().getFirst().content()).isEqualTo(OutputField.Content.COMPUTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void namesWhatAWriteWritesMovesAndReads(int version) throws Exception {
        SqlAnalysis byKey = done(version, "update-by-key");
        assertThat(accesses(byKey)).containsExactly("sql:select public.orders.(id)", "sql:update public.orders.(note)");
        assertThat(byKey.hasPredicate()).isTrue();
        assertThat(byKey.moved()).isEmpty();
        SqlAnalysis fromMasked = done(version, "update-from-masked");
        assertThat(names(fromMasked.moved())).containsExactly("public.customers.email");
        assertThat(names(fromMasked.written())).containsExactly("public.orders.note");
        SqlAnalysis upsert = done(version, "upsert");
        assertThat(accesses(upsert)).contains("sql:insert public.orders.(id,note)", "sql:update public.orders.(note)");
        assertThat(done(version, "delete-all").hasPredicate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void countsLocksAndCascades(int version) throws Exception {
        assertThat(accesses(done(version, "for-update"))).contains("sql:lock public.orders");
        assertThat(accesses(done(version, "delete-cascades")))
                .contains("sql:delete public.customers", "sql:delete public.payments");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void listsFunctionsThatAreNotKnownToBeHarmless(int version) throws Exception {
        assertThat(done(version, "table-to-xml").functions())
                .containsExactly("pg_catalog.table_to_xml(regclass,boolean,boolean,text)");
        SqlAnalysis trigger = done(version, "trigger");
        assertThat(trigger.functions()).containsExactly("public.f_trig()");
        assertThat(trigger.versions()).hasSize(2).anyMatch(text -> text.startsWith("trigger t on public.trig@"));
        assertThat(accesses(done(version, "nextval"))).containsExactly("sql:execute pg_catalog.nextval(regclass)");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void letsOnlyListedCatalogColumnsPassWithoutAPermission(int version) throws Exception {
        assertThat(done(version, "catalog").accesses()).isEmpty();
        assertThat(accesses(done(version, "activity")))
                .containsExactly("sql:select pg_catalog.pg_stat_activity.(query)");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void refusesSampledValuesWhoseColumnsNobodyCanTell(int version) throws Exception {
        assertThat(TreeFixture.read(version, "statistics").outcome()).isInstanceOf(Progress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void refusesATreeThatANameHasTorn(int version) throws Exception {
        assertThat(TreeFixture.read(version, "torn-name").outcome()).isInstanceOf(Progress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void refusesResultsThatDoNotMatchTheTree(int version) throws Exception {
        TreeFixture fixture = TreeFixture.read(version, "catalog");
        StatementAnalysis analysis = StatementAnalysis.of(
                new StatementKind.Optimizable("select"),
                fixture.analysed(),
                fixture.rewritten(),
                fixture.version(),
                List.of("a", "b"));
        assertThat(analysis.progress()).isInstanceOf(Progress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void refusesACatalogThatNamesNoKindOfRelation(int version) throws Exception {
        String text = Corpus.text("trees/" + version + "/view-column.txt").replaceAll("(?m)\tv\t", "\t\t");
        assertThat(TreeFixture.of(version, text).orElseThrow().outcome()).isInstanceOf(Progress.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void refusesANodeAndAFieldThatNobodyHasLookedAt(int version) throws Exception {
        TreeFixture fixture = TreeFixture.read(version, "view-column");
        assertThat(analysed(fixture, fixture.rewritten().replace("{TARGETENTRY ", "{TARGETPOINT "), version * 10_000))
                .isEqualTo(
                        new Progress.Refused("The statement uses something the gateway does not know: targetpoint."));
        assertThat(analysed(fixture, fixture.rewritten().replace(":resno ", ":resplace 1 :resno "), version * 10_000))
                .isEqualTo(
                        new Progress.Refused("The target describes TARGETENTRY in a way the gateway does not know."));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 130_020, 190_000})
    void refusesAServerThatNobodyHasLookedAt(int serverVersionNum) throws Exception {
        TreeFixture fixture = TreeFixture.read(18, "view-column");
        assertThat(analysed(fixture, fixture.rewritten(), serverVersionNum))
                .isInstanceOfSatisfying(
                        Progress.Refused.class,
                        refused -> assertThat(refused.reason()).contains("14 to 18"));
    }

    private static Progress analysed(TreeFixture fixture, String rewritten, int serverVersionNum) {
        return StatementAnalysis.of(
                        new StatementKind.Optimizable("select"),
                        fixture.analysed(),
                        rewritten,
                        serverVersionNum,
                        fixture.labels())
                .progress();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void survivesAnyDamageToATree(int version) throws Exception {
        TreeFixture fixture = TreeFixture.read(version, "upsert");
        var random = new Random(version);
        for (int i = 0; i < 2_000; i++) {
            var damaged = new StringBuilder(fixture.rewritten());
            int at = random.nextInt(damaged.length());
            damaged.replace(
                    at,
                    Math.min(damaged.length(), at + random.nextInt(6)),
                    String.valueOf("(){}: <>7\\\"".charAt(random.nextInt(11))));
            StatementAnalysis analysis = StatementAnalysis.of(
                    new StatementKind.Optimizable("insert"),
                    fixture.analysed(),
                    damaged.toString(),
                    fixture.version(),
                    fixture.labels());
            assertThat(analysis.progress()).isNotNull();
        }
    }

    private static SqlAnalysis done(int version, String name) throws LexException {
        Progress outcome = TreeFixture.read(version, name).outcome();
        assertThat(outcome).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) outcome).analysis();
    }

    private static List<String> accesses(SqlAnalysis analysis) {
        return analysis.accesses().stream()
                .map(access -> access.action() + " " + access.resource())
                .toList();
    }

    private static Set<String> sources(SqlAnalysis analysis, int output) {
        return names(analysis.outputs().get(output).sources());
    }

    private static Set<String> names(Set<?> fields) {
        Set<String> names = new TreeSet<>();
        fields.forEach(field -> names.add(field.toString()));
        return names;
    }
}
