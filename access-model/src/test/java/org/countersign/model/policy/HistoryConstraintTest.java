package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.utility;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.globs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.HistoryConstraint.Same;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the past counts, and for what. */
final class HistoryConstraintTest {
    @ParameterizedTest
    @CsvSource({
        "RESOURCE, public.orders, public.orders, true",
        "RESOURCE, public.orders, public.payments, false",
        "RESOURCE, public.orders, *, true",
        "RESOURCE, *, public.orders, true",
        "NAMESPACE, public.orders, public.payments, true",
        "NAMESPACE, public.orders, audit.payments, false",
        "NAMESPACE, '\"my.schema\".a', '\"my.schema\".b', true",
        "NAMESPACE, '\"my.schema\".a', 'my.b', false",
        "NAMESPACE, 'public.f(integer)', public.orders, true",
        "TARGET, public.orders, audit.payments, true",
        "ANY, public.orders, audit.payments, true",
    })
    void nearIsAsNearAsTheConstraintSays(Same same, String then, String now, boolean near) {
        assertThat(constraint(same, Optional.empty()).near(new Deed("sql:update", then), new Deed("sql:delete", now)))
                .isEqualTo(near);
    }

    @Test
    void whatIsOverDoesNotCountAndWhatAClockPutInTheFutureDoes() {
        HistoryConstraint month = constraint(Same.TARGET, Optional.of(Duration.ofDays(30)));
        assertThat(month.counts(NOW.minus(Duration.ofDays(30)), NOW)).isFalse();
        assertThat(month.counts(NOW.minus(Duration.ofDays(30)).plusSeconds(1), NOW))
                .isTrue();
        assertThat(month.counts(NOW.plus(Duration.ofDays(400)), NOW)).isTrue();
        assertThat(constraint(Same.TARGET, Optional.empty()).counts(NOW.minus(Duration.ofDays(4000)), NOW))
                .isTrue();
    }

    @Test
    void theStoreIsAskedAboutWhatCountsAndWhatIsForbiddenAndNothingElse() {
        var policy = new ShopPolicy();
        policy.constraints.add(constraint(Same.RESOURCE, Optional.empty()));
        Constraints constraints = policy.snapshot().constraints();
        assertThat(asked(
                        constraints,
                        command("update", access("update", ORDERS)).writing().build()))
                .isTrue();
        assertThat(asked(
                        constraints,
                        command("delete", access("delete", ORDERS)).writing().build()))
                .isTrue();
        assertThat(asked(constraints, utility("vacuum", "delete").build())).isTrue();
        assertThat(asked(
                        constraints,
                        command("insert", access("insert", ORDERS)).writing().build()))
                .isFalse();
        assertThat(asked(constraints, reading(ORDERS, "id").build())).isFalse();
        assertThat(constraints.askThePast(
                        "ledger", command("update", access("update", ORDERS)).build(), List.of()))
                .isFalse();
    }

    @Test
    void whatWasDoneOnTargetsItIsNotAboutIsNoneOfItsMatters() {
        PolicySnapshot policy = new ShopPolicy().snapshot();
        HistoryConstraint elsewhere = constraint(new TargetSelector(globs("ledger"), Map.of()));
        assertThat(policy.mayConcern(elsewhere, "shop")).isFalse();
        assertThat(policy.mayConcern(elsewhere, "a target that is gone")).isTrue();
        assertThat(policy.mayConcern(elsewhere, "")).isTrue();
        assertThat(policy.mayConcern(constraint(TargetSelector.everyTarget()), "shop"))
                .isTrue();
    }

    @Test
    void aFunctionIsExecuted() {
        assertThat(Deeds.of(
                        reading(ORDERS, "id").calling("public.release(integer)").build()))
                .containsExactly(new Deed("sql:select", ORDERS), new Deed("sql:execute", "public.release(integer)"));
    }

    private static boolean asked(Constraints constraints, Command command) {
        return constraints.askThePast("shop", command, List.of());
    }

    private static HistoryConstraint constraint(Same same, Optional<Duration> within) {
        return constraint(TargetSelector.everyTarget(), same, within);
    }

    private static HistoryConstraint constraint(TargetSelector targets) {
        return constraint(targets, Same.ANY, Optional.empty());
    }

    private static HistoryConstraint constraint(TargetSelector targets, Same same, Optional<Duration> within) {
        return new HistoryConstraint(
                "changer-is-not-remover",
                targets,
                new Deeds(globs("sql:update"), globs("public.*")),
                Optional.of(new Deeds(globs("sql:delete"), globs("public.*"))),
                Optional.empty(),
                same,
                within,
                "");
    }
}
