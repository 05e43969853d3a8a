package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.several;
import static org.countersign.model.policy.Drafts.utility;
import static org.countersign.model.policy.ShopPolicy.CLEAR;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.globs;
import static org.countersign.model.policy.ShopPolicy.permission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.Command;
import org.junit.jupiter.api.Test;

/** Which side a command takes, and whether it may still be taken. */
final class DutyUseTest {
    private static final Command MAKES =
            command("insert", access("insert", ORDERS, "id")).writing().build();
    private static final Command CHECKS =
            command("update", access("update", ORDERS, "status")).writing().build();
    private static final Command LOOKS = reading(CUSTOMERS, "id").build();
    private final ShopPolicy policy = new ShopPolicy();

    DutyUseTest() {
        role("maker", "sql:insert", ORDERS);
        role("checker", "sql:update", ORDERS);
    }

    @Test
    void aCommandThatOneSideCoversTakesIt() {
        separate(Optional.empty());
        assertThat(sides(MAKES)).containsExactly(Set.of("maker"));
        assertThat(sides(CHECKS)).containsExactly(Set.of("checker"));
    }

    @Test
    void whatAnotherRoleGivesTakesNoSide() {
        separate(Optional.empty());
        role("reader", "sql:select", CUSTOMERS);
        role("maker", "sql:select", CUSTOMERS);
        assertThat(sides(LOOKS)).isEmpty();
        assertThat(sides(command("show").build())).isEmpty();
    }

    @Test
    void whatBothSidesCoverTakesOneOfThemAndTheNextCommandSaysWhich() {
        separate(Optional.empty());
        role("maker", "sql:select", CUSTOMERS);
        role("checker", "sql:select", CUSTOMERS);
        assertThat(sides(LOOKS)).containsExactly(Set.of("maker", "checker"));
        Standing looked = Standing.NONE.with(uses(LOOKS), NOW, "command 1");
        assertThat(looked.conflict(uses(MAKES), NOW)).isEmpty();
        Standing made = looked.with(uses(MAKES), NOW, "command 2");
        assertThat(made.conflict(uses(LOOKS), NOW)).isEmpty();
        assertThat(made.with(uses(LOOKS), NOW.plusSeconds(1), "command 3")).isEqualTo(made);
        assertThat(made.conflict(uses(CHECKS), NOW))
                .hasValueSatisfying(conflict ->
                        assertThat(conflict.earlier().orElseThrow().by()).isEqualTo("command 2"));
    }

    @Test
    void aCommandOfBothSidesIsRefusedByItself() {
        separate(Optional.empty());
        Command both = several(
                command("insert", access("insert", ORDERS, "id")).writing(),
                command("update", access("update", ORDERS, "status")).writing());
        assertThat(sides(both)).containsExactly(Set.of());
        assertThat(Standing.NONE.conflict(uses(both), NOW)).isPresent();
    }

    @Test
    void aSideThatIsOneOfTwoConstraintsCountsForBoth() {
        separate(Optional.empty());
        role("releaser", "sql:insert", ORDERS);
        policy.constraints.add(new DynamicConstraint(
                "second",
                TargetSelector.everyTarget(),
                DynamicConstraint.Per.SESSION,
                Set.of("releaser", "developer"),
                List.of(),
                Optional.empty(),
                ""));
        assertThat(sides(MAKES)).containsExactly(Set.of("maker"), Set.of("releaser"));
    }

    @Test
    void dutiesAreToldByWhatIsDone() {
        policy.constraints.add(new DynamicConstraint(
                "duties",
                TargetSelector.everyTarget(),
                DynamicConstraint.Per.TASK,
                Set.of(),
                List.of(
                        new DynamicConstraint.Duty(
                                "write", new Deeds(globs("sql:insert", "sql:update"), globs(ORDERS))),
                        new DynamicConstraint.Duty("define", new Deeds(globs("sql:define"), globs("*"))),
                        new DynamicConstraint.Duty("call", new Deeds(globs("sql:execute"), globs("public.pay*")))),
                Optional.empty(),
                ""));
        assertThat(sides(MAKES)).containsExactly(Set.of("write"));
        assertThat(sides(LOOKS)).isEmpty();
        assertThat(sides(utility("create table", "define").build())).containsExactly(Set.of("define"));
        assertThat(sides(reading(CUSTOMERS, "id").calling("public.pay(integer)").build()))
                .containsExactly(Set.of("call"));
        assertThat(sides(several(command("insert", access("insert", ORDERS)), utility("create table", "define"))))
                .containsExactly(Set.of());
    }

    @Test
    void aConstraintOfAnotherTargetDoesNotMatter() {
        policy.constraints.add(new DynamicConstraint(
                "elsewhere",
                new TargetSelector(globs("ledger"), Map.of()),
                DynamicConstraint.Per.SESSION,
                Set.of("maker", "checker"),
                List.of(),
                Optional.empty(),
                ""));
        assertThat(sides(MAKES)).isEmpty();
    }

    @Test
    void aSideIsFreeAgainWhenItsTimeIsOverAndNotBecauseTheClockWentBack() {
        separate(Optional.of(Duration.ofHours(1)));
        Standing made = Standing.NONE.with(uses(MAKES), NOW, "command 1");
        assertThat(made.conflict(uses(CHECKS), at(3_599))).isPresent();
        assertThat(made.conflict(uses(CHECKS), at(-86_400))).isPresent();
        assertThat(made.conflict(uses(CHECKS), at(3_600))).isEmpty();
    }

    private static Instant at(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    private void separate(Optional<Duration> within) {
        policy.constraints.add(new DynamicConstraint(
                "maker-is-not-checker",
                TargetSelector.everyTarget(),
                DynamicConstraint.Per.SESSION,
                Set.of("maker", "checker"),
                List.of(),
                within,
                ""));
    }

    private void role(String name, String action, String resource) {
        policy.role(name, permission(List.of("shop"), action, resource), CLEAR);
    }

    private List<DutyUse> uses(Command command) {
        return DutyUse.of(policy.snapshot(), policy.session(), command);
    }

    private List<Set<String>> sides(Command command) {
        return uses(command).stream().map(DutyUse::sides).toList();
    }
}
