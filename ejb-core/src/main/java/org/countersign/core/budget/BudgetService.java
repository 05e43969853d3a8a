package org.countersign.core.budget;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.core.agent.AgentService;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.risk.UseKey;
import org.countersign.core.risk.UseStore;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.PolicySnapshot;

/**
 * The budgets per day and task that something was used of, today or for a task of the last weeks. Administrators and
 * auditors see all of them, everybody else his own and those of agents he answers for.
 */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class BudgetService {
    private static final Set<String> SEE_ALL = Set.of("admin", "auditor");

    @Inject
    private UseStore used;

    @Inject
    private PolicyBoard board;

    @Inject
    private AgentService agents;

    @Inject
    private Clock clock;

    /** Those that are used most come first. */
    public List<BudgetView> list(Caller caller) {
        PolicySnapshot policy = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody knows the budgets"));
        boolean all = !caller.machine() && SEE_ALL.stream().anyMatch(caller::has);
        Set<String> own =
                agents.list(caller).stream().map(agent -> agent.client()).collect(Collectors.toSet());
        own.add(caller.principal().name());
        var views = new ArrayList<BudgetView>();
        used.ofRoles(clock.instant()).forEach((key, usage) -> {
            if (all
                    || own.contains(key.name())
                            && key.issuer().equals(caller.principal().issuer())) {
                budgets(policy, key)
                        .forEach(budget -> views.add(new BudgetView(key.name(), budget, key.period(), usage)));
            }
        });
        views.sort(Comparator.comparingInt(BudgetView::percent).reversed().thenComparing(BudgetView::principal));
        return views;
    }

    private static List<Budget> budgets(PolicySnapshot policy, UseKey key) {
        Budget.Per per = key.kind() == UseKey.Kind.ROLE_TASK ? Budget.Per.TASK : Budget.Per.DAY;
        return policy.roles().stream()
                .filter(role -> role.name().equals(key.subject()))
                .flatMap(role -> role.budgets().stream())
                .filter(budget -> budget.per() == per)
                .toList();
    }
}
