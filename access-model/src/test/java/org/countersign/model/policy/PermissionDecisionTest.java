package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.utility;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.holders;
import static org.countersign.model.policy.ShopPolicy.permission;
import static org.countersign.model.policy.ShopPolicy.person;
import static org.countersign.model.policy.ShopPolicy.select;

import java.util.List;
import java.util.Map;
import org.countersign.model.CountersignError;
import org.countersign.model.masking.MaskKind;
import org.junit.jupiter.api.Test;

/** What roles permit. */
final class PermissionDecisionTest {
    private final ShopPolicy policy = new ShopPolicy();

    @Test
    void allowsWhatARolePermits() {
        policy.role("reader", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void deniesAnActionThatNoRolePermitsAndSaysWhich() {
        policy.role("reader", select(ORDERS), Map.of());
        var deny = denied(policy.decide(
                command("update", access("update", ORDERS, "note")).writing()));
        assertThat(deny.rules()).containsExactly("no-permission");
        assertThat(deny.error()).isEqualTo(CountersignError.DENIED);
        assertThat(deny.message()).contains("support-agent", "sql:update", "public.orders.(note)", "shop");
        assertThat(deny.hint()).contains("reader");
    }

    @Test
    void deniesWhenOnlyAPartIsCovered() {
        policy.role("reader", select(ORDERS), Map.of());
        var deny = denied(
                policy.decide(command("select", access("select", ORDERS, "id"), access("select", CUSTOMERS, "id"))));
        assertThat(deny.message()).contains(CUSTOMERS).doesNotContain(ORDERS);
    }

    @Test
    void twoRolesTogetherMayCoverACommand() {
        policy.role("orders", select(ORDERS), Map.of("*", MaskKind.CLEAR));
        policy.role("customers", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var verdict =
                policy.decide(command("select", access("select", ORDERS, "id"), access("select", CUSTOMERS, "id")));
        assertThat(verdict).isInstanceOf(Verdict.Allow.class);
        assertThat(verdict.rules()).containsExactly("customers", "orders");
    }

    @Test
    void principalWithoutARoleIsToldSo() {
        policy.roles.add(
                new RolePolicy("other", holders("other-agent"), List.of(select("*")), Map.of(), Long.MAX_VALUE));
        var deny = denied(policy.decide(command("begin")));
        assertThat(deny.rules()).containsExactly("no-role");
        assertThat(deny.message()).contains("support-agent", "shop");
    }

    @Test
    void roleOnAnotherTargetGivesNothing() {
        policy.roles.add(new RolePolicy(
                "elsewhere",
                holders("support-agent"),
                List.of(permission(List.of("bank"), "sql:*", "*")),
                Map.of(),
                Long.MAX_VALUE));
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-role");
    }

    @Test
    void aPersonOfTheSameNameDoesNotHoldAnAgentsRole() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.principal = person("support-agent");
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("no-role");
    }

    @Test
    void commandWithoutResourcesNeedsOnlyARole() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        assertThat(policy.decide(command("begin"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void unknownTargetIsDenied() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        var snapshot = new PolicySnapshot(1, Map.of(), policy.roles, policy.guardrails, policy.constraints);
        var verdict = PolicyDecision.decide(
                snapshot, policy.session(), reading(CUSTOMERS, "id").build(), 0, NOW);
        assertThat(denied(verdict).error()).isEqualTo(CountersignError.UNKNOWN_TARGET);
    }

    @Test
    void columnSetCoversItsColumnsAndCounting() {
        policy.role("narrow", select("public.customers.(id,full_name)"), Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(reading(CUSTOMERS, "id", "full_name"))).isInstanceOf(Verdict.Allow.class);
        assertThat(policy.decide(reading(CUSTOMERS))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void columnSetRejectsOtherColumnsAndTheWholeRow() {
        policy.role("narrow", select("public.customers.(id,full_name)"), Map.of("*", MaskKind.CLEAR));
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id", "salary"))).message())
                .contains("salary");
        assertThat(policy.decide(reading(CUSTOMERS, "*"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void quotedColumnMayHoldAComma() {
        policy.role("narrow", select("public.customers.(id,\"a,b\")"), Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(reading(CUSTOMERS, "\"a,b\""))).isInstanceOf(Verdict.Allow.class);
        assertThat(policy.decide(reading(CUSTOMERS, "a"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void everythingIsCoveredByTheStarAlone() {
        policy.role("wide", permission(List.of("shop"), "sql:*", "public.*"), Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(utility("create table", "define"))).isInstanceOf(Verdict.Deny.class);
        policy.role("dba", permission(List.of("shop"), "sql:*", "*"), Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(utility("create table", "define"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void functionThatIsNotHarmlessHasToBeNamed() {
        policy.role("reader", select(CUSTOMERS), Map.of("*", MaskKind.CLEAR));
        var calling = reading(CUSTOMERS, "id").calling("public.price(integer)");
        assertThat(denied(policy.decide(calling)).message()).contains("the function public.price(integer)");
        policy.role(
                "pricer",
                new Permission(List.of(new Glob("shop")), List.of(), List.of(), List.of(new Glob("public.price(*"))),
                Map.of("*", MaskKind.CLEAR));
        assertThat(policy.decide(calling)).isInstanceOf(Verdict.Allow.class);
    }
}
