package org.countersign.model.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.session.Principal;

/**
 * The budgets that one command draws on: those of every role, held or granted, that it runs by. Each counts once.
 *
 * @param budgets all of them
 * @param exceeded those that one command more goes beyond, with what that is
 */
record BudgetCheck(List<Budget> budgets, List<Exceeded> exceeded) {
    private static final BudgetCheck NONE = new BudgetCheck(List.of(), List.of());

    /** @param how in words: {@code 100 of 100 rows} */
    record Exceeded(Budget budget, String how) {}

    /** A command that needs no permission, such as COMMIT, draws on nothing. */
    static BudgetCheck of(Entitlement entitlement, Command command, Background background) {
        if (command.accesses().isEmpty() && command.functions().isEmpty()) {
            return NONE;
        }
        List<Budget> budgets = List.of();
        for (RolePolicy role : entitlement.covering()) {
            budgets = with(budgets, role);
        }
        for (GrantedRole granted : entitlement.granted()) {
            budgets = with(budgets, granted.role());
        }
        if (budgets.isEmpty()) {
            return NONE;
        }
        var exceeded = new ArrayList<Exceeded>();
        for (Budget budget : budgets) {
            budget.exceeded(background.drawn(budget), writes(command))
                    .ifPresent(how -> exceeded.add(new Exceeded(budget, how)));
        }
        return new BudgetCheck(budgets, exceeded);
    }

    private static List<Budget> with(List<Budget> budgets, RolePolicy role) {
        if (role.budgets().isEmpty() || budgets.containsAll(role.budgets())) {
            return budgets;
        }
        var more = new ArrayList<>(budgets);
        more.addAll(role.budgets());
        return more;
    }

    /** How many statements of it write. */
    static int writes(Command command) {
        int writes = 0;
        for (Command part : command.parts()) {
            if (part.effects().contains(Effect.WRITE)) {
                writes++;
            }
        }
        return writes;
    }

    /** Why it may not run however much is left; empty when that is no reason. */
    Optional<Verdict.Deny> refusal(Principal principal, Instant now) {
        for (Budget budget : budgets) {
            if (budget.per() == Budget.Per.TASK && principal.task().isEmpty()) {
                return Optional.of(new Verdict.Deny(
                        List.of(budget.rule()),
                        CountersignError.DENIED,
                        "The role " + budget.role() + " has a budget per task, and this session names no task.",
                        "Connect with a token for a task, or with -c countersign.task=…"));
            }
        }
        return exceeded.stream()
                .filter(each -> each.budget().approval().isEmpty())
                .findFirst()
                .map(each -> new Verdict.Deny(
                        rules(true),
                        CountersignError.LIMIT_EXCEEDED,
                        each.budget().said(each.how()),
                        each.budget().hint(now)));
    }

    /** What has to be approved because a budget is used up. */
    Optional<Verdict.Hold> hold() {
        List<Exceeded> asking = exceeded.stream()
                .filter(each -> each.budget().approval().isPresent())
                .toList();
        return asking.stream()
                .map(each -> each.budget().approval().orElseThrow())
                .reduce(ApprovalRequirement::and)
                .map(asked -> new Verdict.Hold(
                        rules(false),
                        asked,
                        asking.getFirst().budget().said(asking.getFirst().how())));
    }

    List<Budget> beyond() {
        return exceeded.stream().map(Exceeded::budget).toList();
    }

    private List<String> rules(boolean denying) {
        return exceeded.stream()
                .map(Exceeded::budget)
                .filter(budget -> budget.approval().isEmpty() == denying)
                .map(Budget::rule)
                .toList();
    }
}
