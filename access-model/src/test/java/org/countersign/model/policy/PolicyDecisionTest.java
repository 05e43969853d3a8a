package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.several;
import static org.countersign.model.policy.ShopPolicy.CLEAR;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.globs;
import static org.countersign.model.policy.ShopPolicy.holders;
import static org.countersign.model.policy.ShopPolicy.select;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Resource;
import org.countersign.model.masking.MaskKind;
import org.junit.jupiter.api.Test;

/** What concerns a principal or a command as a whole. */
final class PolicyDecisionTest {
    private final ShopPolicy policy = new ShopPolicy();

    @Test
    void holderOfTwoSeparatedRolesIsRefused() {
        policy.role("maker", select(CUSTOMERS), Map.of());
        policy.role("checker", select(ORDERS), Map.of());
        policy.constraints.add(new StaticConstraint(
                "maker-is-not-checker", TargetSelector.everyTarget(), Set.of("maker", "checker", "third")));
        var deny = denied(policy.decide(reading(CUSTOMERS, "id")));
        assertThat(deny.rules()).containsExactly("maker-is-not-checker");
        assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
        assertThat(deny.message()).contains("checker, maker").doesNotContain("third");
    }

    @Test
    void failureInsideIsADenial() {
        policy.roles.add(new RolePolicy("odd", holders("support-agent"), List.of(select("*")), Map.of(), 10));
        policy.guardrails.add(new Guardrail(
                "deep",
                TargetSelector.everyTarget(),
                PolicyDecisionTest::deep,
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty()));
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Deny.class);
        var verdict =
                PolicyDecision.decide(policy.snapshot(), policy.session(), new BrokenAnalysis().command(), 0, NOW);
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
    }

    private static boolean deep(Condition.Situation situation) {
        return deep(situation) || deep(situation);
    }

    /** A command whose resource has no name any more. */
    private static final class BrokenAnalysis {
        Command command() {
            return Drafts.command("select", new Access(Action.sql("select"), new Resource.Routine(null)))
                    .build();
        }
    }

    @Test
    void aDenialOfOneStatementDeniesAll() {
        policy.role(
                "everything",
                new Permission(globs("*"), globs("*"), List.of(new ResourcePattern("*")), List.of()),
                CLEAR);
        policy.guardrail(
                "no-deletes",
                Guardrail.Effect.DENY,
                0,
                now -> now.command().kind().equals("delete"));
        var deny = denied(
                policy.decide(several(reading(ORDERS, "id"), command("delete", access("delete", ORDERS, "id")))));
        assertThat(deny.rules()).containsExactly("no-deletes");
    }

    @Test
    void aStatementWithoutPermissionDeniesAll() {
        policy.role("reader", select(ORDERS), CLEAR);
        var deny = denied(policy.decide(several(reading(ORDERS, "id"), reading(CUSTOMERS, "id"))));
        assertThat(deny.rules()).containsExactly("no-permission");
    }

    @Test
    void theHoldsOfTwoStatementsAskForBoth() {
        policy.role(
                "everything",
                new Permission(globs("*"), globs("*"), List.of(new ResourcePattern("*")), List.of()),
                CLEAR);
        policy.guardrail(
                "a", Guardrail.Effect.APPROVE, 0, now -> now.command().kind().equals("insert"));
        policy.guardrail(
                "b", Guardrail.Effect.APPROVE, 0, now -> now.command().kind().equals("delete"));
        var verdict = policy.decide(several(
                command("insert", access("insert", ORDERS, "id")),
                reading(ORDERS, "id"),
                command("delete", access("delete", ORDERS, "id"))));
        assertThat(verdict).isInstanceOf(Verdict.Hold.class);
        assertThat(verdict.rules()).containsExactly("a", "b");
        assertThat(((Verdict.Hold) verdict).message()).isEqualTo("said by a said by b");
    }

    @Test
    void aRuleAboutTheNumberOfStatementsSeesAll() {
        policy.role("reader", select(ORDERS), CLEAR);
        policy.guardrail("one", Guardrail.Effect.DENY, 0, now -> now.command().statements() > 1);
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
        assertThat(denied(policy.decide(several(reading(ORDERS, "id"), reading(ORDERS, "id"))))
                        .rules())
                .containsExactly("one");
    }

    @Test
    void theMasksOfSeveralStatementsFollowEachOther() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL, "*", MaskKind.CLEAR));
        var verdict = policy.decide(several(
                reading(CUSTOMERS, "id").returning(Set.of(), Set.of(EMAIL)),
                reading(CUSTOMERS, "id").returning(Set.of(EMAIL))));
        assertThat(((Verdict.Allow) verdict).masks().columns())
                .containsExactly(MaskKind.CLEAR, MaskKind.PARTIAL, MaskKind.PARTIAL);
    }
}
