package org.countersign.core.budget;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.countersign.core.agent.AgentService;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;
import org.countersign.core.risk.UseBoard;
import org.countersign.core.risk.UseKey;
import org.countersign.core.risk.UseStore;
import org.countersign.core.segregation.ResponsiblePersons;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.Usage;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;

/**
 * The budgets that something was used of: today, for a task of the last weeks, or in a session that is open on this node.
 * Administrators and auditors see all of them, everybody else his own and those of agents he answers for.
 */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class BudgetService {
    private static final Set<String> SEE_ALL = Set.of("admin", "auditor");

    @Inject
    private UseStore used;

    @Inject
    private UseBoard open;

    @Inject
    private ResponsiblePersons responsible;

    @Inject
    private PolicyBoard board;

    @Inject
    private AgentService agents;

    @Inject
    private Clock clock;

    /** Those that are used most come first; his own budgets per day also where nothing of them is used. */
    public List<BudgetView> list(Caller caller) {
        PolicySnapshot policy = board.current()
                .orElseThrow(() -> new IllegalStateException("no confirmed policy, so nobody knows the budgets"));
        Instant now = clock.instant();
        Set<Person> concerned = concerned(caller);
        boolean all = !caller.machine() && SEE_ALL.stream().anyMatch(caller::has);
        var views = new LinkedHashSet<BudgetView>();
        used.ofRoles(now).forEach((key, usage) -> {
            if (all || concerned.contains(new Person(key.issuer(), key.name()))) {
                Budget.Per per = key.kind() == UseKey.Kind.ROLE_TASK ? Budget.Per.TASK : Budget.Per.DAY;
                budgets(policy, key.subject(), per)
                        .forEach(budget -> views.add(new BudgetView(key.name(), budget, key.period(), usage)));
            }
        });
        open.ofSessions().forEach(each -> {
            Principal who = each.principal();
            if (all || concerned.contains(new Person(who.issuer(), who.name()))) {
                budgets(policy, each.role(), Budget.Per.SESSION)
                        .forEach(budget -> views.add(new BudgetView(
                                who.name(), budget, each.session().value().toString(), each.used())));
            }
        });
        return Stream.concat(views.stream(), untouched(policy, caller.principal(), views, now))
                .sorted(Comparator.comparingInt(BudgetView::percent)
                        .reversed()
                        .thenComparing(BudgetView::principal)
                        .thenComparing(view -> view.budget().rule()))
                .toList();
    }

    /** Whose budgets are his own: those of his accounts and of the agents he answers for. */
    private Set<Person> concerned(Caller caller) {
        Principal principal = caller.principal();
        var concerned = new HashSet<Person>();
        concerned.add(new Person(principal.issuer(), principal.name()));
        if (!caller.machine()) {
            concerned.addAll(responsible.of(principal));
            agents.list(caller).forEach(agent -> concerned.add(new Person(principal.issuer(), agent.client())));
        }
        return concerned;
    }

    private static Stream<BudgetView> untouched(
            PolicySnapshot policy, Principal principal, Set<BudgetView> views, Instant now) {
        String today = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
        return policy.rolesOf(principal).stream()
                .flatMap(role -> budgets(policy, role.name(), Budget.Per.DAY))
                .distinct()
                .filter(budget -> views.stream()
                        .noneMatch(view -> view.principal().equals(principal.name())
                                && view.budget().equals(budget)))
                .map(budget -> new BudgetView(principal.name(), budget, today, Usage.NONE));
    }

    private static Stream<Budget> budgets(PolicySnapshot policy, String name, Budget.Per per) {
        return policy.roles().stream()
                .filter(role -> role.name().equals(name))
                .flatMap(role -> role.budgets().stream())
                .filter(budget -> budget.per() == per);
    }
}
