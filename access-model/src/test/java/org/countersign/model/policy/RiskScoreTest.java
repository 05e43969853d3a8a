package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.ShopPolicy.NOW;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What adds to a risk, each by itself and all together. */
final class RiskScoreTest {
    private static final Estimate FEW = new Estimate.Rows(3);
    private static final Access UPDATE = access("update", ORDERS, "note");

    /** A person of whom everything is known. */
    private record Known(boolean newHere, Optional<Volume> volume, Usage used) implements Background {
        static final Known NOTHING = new Known(false, Optional.empty(), Usage.NONE);

        @Override
        public Usage drawn(Budget budget) {
            return used;
        }
    }

    @Test
    void aReadOfFewOrdersIsNoRisk() {
        assertThat(risk(reading(ORDERS, "id").build().estimated(FEW), Set.of())).isEqualTo(new Risk(0, List.of()));
    }

    @Test
    void aWriteWithoutPredicateSaysSo() {
        assertThat(risk(write(false).estimated(FEW), Set.of()).parts())
                .containsExactly(new Risk.Part(
                        RiskFactor.NO_PREDICATE, 30, "It changes rows without saying which: there is no WHERE."));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "99,0", "100,10", "999,10", "1000,20", "9999,20", "10000,30", "5000000000,30"})
    void moreRowsAreMoreRisk(long rows, int points) {
        assertThat(risk(write(true).estimated(new Estimate.Rows(rows)), Set.of())
                        .score())
                .isEqualTo(points);
    }

    @Test
    void whatNobodyKnowsOfAWriteCountsAsMuchAsVeryManyRows() {
        assertThat(risk(write(true).estimated(new Estimate.Unknown("it took too long")), Set.of())
                        .parts())
                .containsExactly(new Risk.Part(
                        RiskFactor.ROWS, 30, "How many rows it would change is not known: it took too long."));
        assertThat(risk(write(true), Set.of()).score()).isEqualTo(30);
    }

    @Test
    void rowsOfReadsCountOnlyWhereTheyAreClassified() {
        Command many = reading(CUSTOMERS, "id").build().estimated(new Estimate.Rows(20_000));
        assertThat(risk(many, Set.of()).score()).isZero();
        assertThat(risk(many, Set.of("pan")).reasons()).containsExactly("rows", "classified");
        assertThat(risk(many.estimated(new Estimate.Unknown("x")), Set.of("pan"))
                        .reasons())
                .containsExactly("classified");
    }

    @ParameterizedTest
    @CsvSource({"DEFINE,It changes definitions of the target.", "ADMINISTER,It administers the target."})
    void definitionsAreARisk(Effect effect, String reason) {
        assertThat(risk(sql(Set.of(effect), true).estimated(FEW), Set.of()).parts())
                .containsExactly(new Risk.Part(RiskFactor.DEFINITION, 30, reason));
    }

    @ParameterizedTest
    @CsvSource({"299,100,0", "300,100,8", "1000,100,15", "299,1,0", "300,1,8", "3000,1000,8", "2999,1000,0"})
    void muchMoreThanUsualIsARisk(long today, long usual, int points) {
        var known = new Known(false, Optional.of(new Background.Volume(today, usual)), Usage.NONE);
        assertThat(risk(reading(ORDERS, "id").build().estimated(FEW), Set.of(), known)
                        .score())
                .isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({"49,0", "50,8", "79,8", "80,15", "100,15"})
    void aBudgetThatRunsOutIsARisk(long rows, int points) {
        var budget = new Budget("reader", Budget.Per.DAY, new Usage(100, Usage.UNLIMITED, 1_000, 0), Optional.empty());
        Risk risk = RiskScore.of(
                RiskModel.DEFAULT,
                reading(ORDERS, "id").build().estimated(FEW),
                Set.of(),
                List.of(budget),
                new Known(false, Optional.empty(), new Usage(rows, 7, 7, 0)),
                NOW);
        assertThat(risk.score()).isEqualTo(points);
        assertThat(risk.parts().stream().map(Risk.Part::reason))
                .allMatch(("Of the budget of reader per day " + rows + " of 100 rows are used.")::equals);
    }

    @Test
    void allTogetherAreAtMostAHundredAndListed() {
        var hours = new ExecutionTimes(List.of(List.of(WeeklyWindow.parse("Mon-Fri 08:00-18:00 UTC"))));
        Risk risk = RiskScore.of(
                new RiskModel(Map.of(RiskFactor.CLASSIFIED, 40, RiskFactor.NEW_PAIR, 0), 1_000, hours),
                sql(Set.of(Effect.WRITE, Effect.DEFINE), false).estimated(new Estimate.Rows(1_000)),
                Set.of("pan", "email"),
                List.of(),
                new Known(true, Optional.empty(), Usage.NONE),
                NOW); // a Sunday
        assertThat(risk.score()).isEqualTo(100);
        assertThat(risk.parts())
                .extracting(part -> part.factor().label() + " " + part.points())
                .containsExactly("no-predicate 30", "rows 30", "definition 30", "classified 40", "off-hours 10");
        assertThat(risk.parts().get(4).reason())
                .isEqualTo("It comes outside of the working hours (Mon,Tue,Wed,Thu,Fri 08:00-18:00 UTC).");
    }

    @Test
    void whatOnlySteersTheSessionIsNeverARisk() {
        assertThat(risk(sql(Set.of(), true), Set.of(), new Known(true, Optional.empty(), Usage.NONE)))
                .isEqualTo(new Risk(0, List.of()));
    }

    @Test
    void theTargetIsAskedOnlyWhereTheRowsMatter() {
        var policy = new ShopPolicy();
        policy.role("all", ShopPolicy.permission(List.of("shop"), "sql:*", "*"), ShopPolicy.CLEAR);
        assertThat(judged(policy, write(true)).estimateMissing()).isFalse();
        policy.guardrail(
                "risky",
                Guardrail.Effect.DENY,
                0,
                now -> now.assessment().risk().score() >= 60);
        assertThat(judged(policy, write(true)).estimateMissing()).isTrue();
        assertThat(judged(policy, reading(ORDERS, "id").build()).estimateMissing())
                .isFalse();
        assertThat(judged(
                                policy,
                                reading(CUSTOMERS, "card_number")
                                        .returning(Set.of(CARD))
                                        .build())
                        .estimateMissing())
                .isTrue();
        assertThat(judged(policy, write(false).estimated(FEW)).verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(judged(policy, write(false).estimated(new Estimate.Rows(10_000)))
                        .verdict()
                        .rules())
                .containsExactly("risky");
    }

    @Test
    void whatIsHeldAlwaysHasItsRisk() {
        var policy = new ShopPolicy();
        policy.role("all", ShopPolicy.permission(List.of("shop"), "sql:*", "*"), ShopPolicy.CLEAR);
        assertThat(judged(policy, write(true).estimated(FEW)).risk()).isEmpty();
        policy.guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> true);
        assertThat(judged(policy, write(true)).estimateMissing()).isTrue();
        assertThat(judged(policy, write(false).estimated(FEW)).risk().map(Risk::score))
                .contains(30);
    }

    private static Judgement judged(ShopPolicy policy, Command command) {
        return PolicyDecision.judge(
                policy.snapshot(), policy.session(), command, 3, NOW, Optional.empty(), Background.NONE);
    }

    private static Risk risk(Command command, Set<String> classes) {
        return risk(command, classes, Known.NOTHING);
    }

    private static Risk risk(Command command, Set<String> classes, Background background) {
        return RiskScore.of(RiskModel.DEFAULT, command, classes, List.of(), background, NOW);
    }

    private static SqlCommand write(boolean predicate) {
        return sql(Set.of(Effect.WRITE), predicate);
    }

    private static SqlCommand sql(Set<Effect> effects, boolean predicate) {
        var analysis = new SqlAnalysis(
                effects.isEmpty() ? List.of() : List.of(UPDATE),
                effects,
                List.of(),
                predicate,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                "");
        return new SqlCommand("update", "the text", List.of(), analysis, List.of(), false);
    }
}
