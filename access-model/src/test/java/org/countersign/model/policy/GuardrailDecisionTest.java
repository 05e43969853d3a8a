package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.model.policy.Drafts.CARD;
import static org.countersign.model.policy.Drafts.CUSTOMERS;
import static org.countersign.model.policy.Drafts.EMAIL;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.allowed;
import static org.countersign.model.policy.ShopPolicy.approval;
import static org.countersign.model.policy.ShopPolicy.denied;
import static org.countersign.model.policy.ShopPolicy.permission;
import static org.countersign.model.policy.ShopPolicy.select;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Effect;
import org.countersign.model.masking.MaskKind;
import org.junit.jupiter.api.Test;

/** What guardrails make of what is permitted. */
final class GuardrailDecisionTest {
    private final ShopPolicy policy = new ShopPolicy();

    @Test
    void approveGuardrailHolds() {
        policy.role("writer", permission(List.of("shop"), "sql:*", ORDERS), Map.of());
        policy.guardrail(
                "needs-a-person",
                Guardrail.Effect.APPROVE,
                0,
                now -> now.command().effects().contains(Effect.WRITE));
        var hold = (Verdict.Hold) policy.decide(
                command("update", access("update", ORDERS, "note")).writing());
        assertThat(hold.rules()).containsExactly("needs-a-person");
        assertThat(hold.message()).isEqualTo("said by needs-a-person");
        assertThat(hold.requirement().persons()).isEqualTo(1);
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void permissionComesBeforeGuardrails() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail("hold-all", Guardrail.Effect.APPROVE, 0, now -> true);
        assertThat(denied(policy.decide(reading(ORDERS, "id"))).rules()).containsExactly("no-permission");
    }

    @Test
    void denyBeatsApproveAndIsNeverLifted() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail("hold", Guardrail.Effect.APPROVE, 5, now -> true);
        policy.guardrail("never", Guardrail.Effect.DENY, 0, now -> true);
        policy.guardrail("exception", Guardrail.Effect.ALLOW, 100, now -> true);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("never");
    }

    @Test
    void allowLiftsApprovalsOfALowerPriorityOnly() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail("low", Guardrail.Effect.APPROVE, 1, now -> true);
        policy.guardrail("same", Guardrail.Effect.APPROVE, 2, now -> true);
        policy.guardrail("exception", Guardrail.Effect.ALLOW, 2, now -> true);
        assertThat(policy.decide(reading(CUSTOMERS, "id")).rules()).containsExactly("same");
    }

    @Test
    void allowDoesNotStandInForAPermission() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail("exception", Guardrail.Effect.ALLOW, 9, now -> true);
        assertThat(policy.decide(reading(ORDERS, "id"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void conditionWithoutAnAnswerCountsAgainstTheCommand() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        Condition broken = now -> {
            throw new Condition.ConditionFailedException("broken", new IllegalStateException());
        };
        policy.guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> true);
        policy.guardrail("exception", Guardrail.Effect.ALLOW, 9, broken);
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Hold.class);
        policy.guardrail("never", Guardrail.Effect.DENY, 0, broken);
        assertThat(denied(policy.decide(reading(CUSTOMERS, "id"))).rules()).containsExactly("never");
    }

    @Test
    void conditionThatThrowsAnythingElseCountsAsWell() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> {
            throw new IllegalStateException();
        });
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void strictestUnionOfRequirementsHolds() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrails.add(approval("one", 1, Duration.ofMinutes(15), "approver"));
        policy.guardrails.add(approval("two", 3, Duration.ofMinutes(60), "dpo"));
        var asked = ((Verdict.Hold) policy.decide(reading(CUSTOMERS, "id"))).requirement();
        assertThat(asked.steps()).extracting(ApprovalStep::quorum).containsExactly(1, 3);
        assertThat(asked.persons()).isEqualTo(4);
        assertThat(asked.expiresAfter()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void guardrailOfOtherTargetsDoesNotApply() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrails.add(new Guardrail(
                "staging-only",
                new TargetSelector(List.of(), Map.of("env", "staging")),
                now -> true,
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty()));
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void conditionSeesTheLabelsOfNowAndTheClassesTouched() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrail(
                "pan-in-prod",
                Guardrail.Effect.DENY,
                0,
                now -> now.classes().contains("pan")
                        && "prod".equals(now.session().targetLabels().get("env"))
                        && now.roles().contains("reader"));
        assertThat(policy.decide(reading(CUSTOMERS, "card_number").returning(Set.of(CARD))))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(policy.decide(reading(CUSTOMERS, "id"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void approvedCommandRunsWithItsMasks() {
        policy.role("reader", select(CUSTOMERS), Map.of("email", MaskKind.PARTIAL));
        policy.guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var command = reading(CUSTOMERS, "email").returning(Set.of(EMAIL)).build();
        var hold = (Verdict.Hold) PolicyDecision.decide(policy.snapshot(), policy.session(), command, 0, NOW);
        var again =
                PolicyDecision.decideApproved(policy.snapshot(), policy.session(), command, 0, NOW, hold.requirement());
        assertThat(allowed(again).masks().columns()).containsExactly(MaskKind.PARTIAL);
    }

    @Test
    void approvalDoesNotOutliveThePermission() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var hold = (Verdict.Hold) policy.decide(reading(CUSTOMERS, "id"));
        policy.roles.clear();
        policy.role("reader", select(ORDERS), Map.of());
        var again = PolicyDecision.decideApproved(
                policy.snapshot(), policy.session(), reading(CUSTOMERS, "id").build(), 0, NOW, hold.requirement());
        assertThat(denied(again).rules()).containsExactly("no-permission");
    }

    @Test
    void approvalDoesNotMeetARequirementThatGrewMeanwhile() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        policy.guardrails.add(approval("hold", 1, Duration.ofMinutes(15), "approver"));
        var hold = (Verdict.Hold) policy.decide(reading(CUSTOMERS, "id"));
        policy.guardrails.add(approval("two-more", 2, Duration.ofMinutes(15), "approver"));
        var again = PolicyDecision.decideApproved(
                policy.snapshot(), policy.session(), reading(CUSTOMERS, "id").build(), 0, NOW, hold.requirement());
        assertThat(denied(again).error()).isEqualTo(CountersignError.APPROVAL_NEEDED);
    }

    @Test
    void holdsWhatHasToBeJustifiedOnlyWithAReason() {
        policy.role("reader", select(CUSTOMERS), Map.of());
        Guardrail plain = approval("why", 1, Duration.ofMinutes(15), "approver");
        ApprovalRequirement asked = plain.requirement().orElseThrow();
        policy.guardrails.add(new Guardrail(
                plain.name(),
                plain.targets(),
                plain.condition(),
                plain.effect(),
                plain.priority(),
                plain.message(),
                Optional.of(new ApprovalRequirement(
                        asked.steps(),
                        asked.expiresAfter(),
                        asked.executeWithin(),
                        new ApprovalTerms(true, false, ExecutionTimes.ALWAYS, Optional.empty())))));

        Verdict.Deny refused = denied(policy.decide(reading(CUSTOMERS, "id")));

        assertThat(refused.rules()).containsExactly("why");
        assertThat(refused.message()).contains("has to say why");
        assertThat(refused.hint()).contains("/* reason:");
    }
}
