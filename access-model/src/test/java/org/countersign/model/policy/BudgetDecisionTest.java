package org.countersign.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.countersign.model.policy.Drafts.ORDERS;
import static org.countersign.model.policy.Drafts.access;
import static org.countersign.model.policy.Drafts.command;
import static org.countersign.model.policy.Drafts.reading;
import static org.countersign.model.policy.Drafts.several;
import static org.countersign.model.policy.ShopPolicy.NOW;
import static org.countersign.model.policy.ShopPolicy.permission;
import static org.countersign.model.policy.Usage.UNLIMITED;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the budgets of roles make of what is permitted. */
final class BudgetDecisionTest {
    private static final Usage TEN_OF_EACH = new Usage(10, 10, 10, 10);
    private static final Command READ = reading(ORDERS, "id").build();
    private static final Command WRITE =
            command("update", access("update", ORDERS, "note")).writing().build();

    private final ShopPolicy policy = new ShopPolicy();
    private final Map<Budget, Usage> used = new HashMap<>();

    private final Background background = new Background() {
        @Override
        public boolean newHere() {
            return false;
        }

        @Override
        public Optional<Volume> volume() {
            return Optional.empty();
        }

        @Override
        public Usage drawn(Budget budget) {
            return used.getOrDefault(budget, Usage.NONE);
        }
    };

    private Budget budget(Budget.Per per, Usage most, Optional<ApprovalRequirement> approval) {
        var budget = new Budget("writer", per, most, approval);
        policy.roles.add(new RolePolicy(
                "writer",
                ShopPolicy.holders("support-agent"),
                List.of(permission(List.of("shop"), "sql:*", ORDERS)),
                Map.of(),
                Long.MAX_VALUE,
                List.of(budget)));
        return budget;
    }

    private Judgement judge(Command command, Optional<ApprovalRequirement> met) {
        return PolicyDecision.judge(policy.snapshot(), policy.session(), command, 3, NOW, met, background);
    }

    @ParameterizedTest
    @CsvSource({
        "9,9,9,9,",
        "10,9,9,9,10 of 10 rows",
        "9,10,9,9,10 of 10 bytes",
        "9,9,10,9,10 of 10 commands",
        "9,9,9,10,10 of 10 writes",
        "12,9,9,9,12 of 10 rows"
    })
    void deniesWhatGoesBeyondAndSaysOfWhat(long rows, long bytes, long commands, long writes, String how) {
        Budget budget = budget(Budget.Per.DAY, TEN_OF_EACH, Optional.empty());
        used.put(budget, new Usage(rows, bytes, commands, writes));
        Verdict verdict = judge(WRITE, Optional.empty()).verdict();
        if (how == null) {
            assertThat(verdict).isInstanceOf(Verdict.Allow.class);
            return;
        }
        Verdict.Deny deny = ShopPolicy.denied(verdict);
        assertThat(deny.rules()).containsExactly("budget/writer/day");
        assertThat(deny.error()).isEqualTo(CountersignError.LIMIT_EXCEEDED);
        assertThat(deny.message()).isEqualTo("The budget of writer per day is used up: " + how + ".");
        assertThat(deny.hint()).isEqualTo("It starts anew at 2026-11-23T00:00:00Z.");
    }

    @Test
    void readsAreNotWrites() {
        used.put(budget(Budget.Per.DAY, TEN_OF_EACH, Optional.empty()), new Usage(0, 0, 0, 10));
        assertThat(judge(READ, Optional.empty()).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void everyStatementThatWritesCounts() {
        var draft = command("update", access("update", ORDERS, "note")).writing();
        used.put(budget(Budget.Per.DAY, TEN_OF_EACH, Optional.empty()), new Usage(0, 0, 0, 8));
        assertThat(judge(several(draft, draft), Optional.empty()).verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(judge(several(draft, draft, draft), Optional.empty())
                        .verdict()
                        .rules())
                .containsExactly("budget/writer/day");
    }

    @Test
    void holdsWhereSomebodyMayLetItPass() {
        ApprovalRequirement asked = ShopPolicy.approval("x", 1, Duration.ofMinutes(5), "approver")
                .requirement()
                .orElseThrow();
        Budget budget = budget(Budget.Per.SESSION, TEN_OF_EACH, Optional.of(asked));
        assertThat(judge(READ, Optional.empty()).passed()).isEmpty();
        used.put(budget, TEN_OF_EACH);
        var hold = (Verdict.Hold) judge(READ, Optional.empty()).verdict();
        assertThat(hold.rules()).containsExactly("budget/writer/session");
        assertThat(hold.message()).isEqualTo("The budget of writer per session is used up: 10 of 10 commands.");
        Judgement approved = judge(READ, Optional.of(asked));
        assertThat(approved.verdict()).isInstanceOf(Verdict.Allow.class);
        assertThat(approved.passed()).containsExactly(budget);
    }

    @Test
    void aGuardrailAndABudgetAreApprovedTogether() {
        ApprovalRequirement asked = ShopPolicy.approval("x", 1, Duration.ofMinutes(5), "controller")
                .requirement()
                .orElseThrow();
        used.put(budget(Budget.Per.DAY, TEN_OF_EACH, Optional.of(asked)), TEN_OF_EACH);
        policy.guardrail("hold", Guardrail.Effect.APPROVE, 0, now -> true);
        var hold = (Verdict.Hold) judge(READ, Optional.empty()).verdict();
        assertThat(hold.rules()).containsExactly("hold", "budget/writer/day");
        assertThat(hold.requirement().steps()).hasSize(2);
        assertThat(judge(READ, Optional.of(asked)).verdict().rules()).containsExactly("hold", "budget/writer/day");
        assertThat(judge(READ, Optional.of(hold.requirement())).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void anExceptionLiftsNoBudget() {
        used.put(budget(Budget.Per.DAY, TEN_OF_EACH, Optional.empty()), TEN_OF_EACH);
        policy.guardrail("exception", Guardrail.Effect.ALLOW, 9, now -> true);
        assertThat(judge(READ, Optional.empty()).verdict().rules()).containsExactly("budget/writer/day");
    }

    @Test
    void whatNeedsNoPermissionDrawsOnNothing() {
        used.put(budget(Budget.Per.DAY, TEN_OF_EACH, Optional.empty()), TEN_OF_EACH);
        assertThat(judge(command("commit").build(), Optional.empty()).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aBudgetPerTaskNeedsATask() {
        budget(Budget.Per.TASK, new Usage(UNLIMITED, UNLIMITED, 5, UNLIMITED), Optional.empty());
        Verdict.Deny deny = ShopPolicy.denied(judge(READ, Optional.empty()).verdict());
        assertThat(deny.message()).contains("this session names no task");
        policy.principal = policy.principal.at("T-1");
        assertThat(judge(READ, Optional.empty()).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aRoleThatCoversNothingOfItCostsNothing() {
        policy.role("other", permission(List.of("shop"), "sql:select", ORDERS), Map.of());
        var other = new Budget("idle", Budget.Per.DAY, TEN_OF_EACH, Optional.empty());
        policy.roles.add(new RolePolicy(
                "idle",
                ShopPolicy.holders("support-agent"),
                List.of(permission(List.of("shop"), "sql:delete", ORDERS)),
                Map.of(),
                Long.MAX_VALUE,
                List.of(other)));
        used.put(other, TEN_OF_EACH);
        assertThat(judge(READ, Optional.empty()).verdict()).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void whatIsGrantedDrawsOnTheBudgetsOfItsRoleOnce() {
        var budget = new Budget("lender", Budget.Per.DAY, TEN_OF_EACH, Optional.empty());
        policy.roles.add(new RolePolicy(
                "lender",
                RolePolicy.Holders.NOBODY,
                List.of(permission(List.of("shop"), "sql:*", "*")),
                ShopPolicy.CLEAR,
                Long.MAX_VALUE,
                List.of(budget)));
        Grant first = granted("sql:select");
        Grant second = granted("sql:update");
        PolicySnapshot snapshot = policy.snapshot().with(new Grants(List.of(first, second)));
        Command both = command("update", access("update", ORDERS, "note"), access("select", ORDERS, "id"))
                .writing()
                .build();
        Judgement runs = PolicyDecision.judge(snapshot, policy.session(), both, 3, NOW, Optional.empty(), background);
        assertThat(runs.verdict().rules()).containsExactlyInAnyOrder(first.rule(), second.rule());
        assertThat(runs.budgets()).containsExactly(budget);

        used.put(budget, TEN_OF_EACH);
        assertThat(PolicyDecision.judge(snapshot, policy.session(), both, 3, NOW, Optional.empty(), background)
                        .verdict()
                        .rules())
                .containsExactly("budget/lender/day");
    }

    private static Grant granted(String action) {
        return new Grant(
                UUID.randomUUID(),
                Grant.Kind.GRANT,
                Grant.Holder.of(ShopPolicy.agent("support-agent")),
                "lender",
                permission(List.of("shop"), action, ORDERS),
                NOW.plusSeconds(60),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aBudgetThatAllowsNothingIsNoBudget() {
        assertThatThrownBy(() -> new Budget("writer", Budget.Per.DAY, Usage.NONE, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
