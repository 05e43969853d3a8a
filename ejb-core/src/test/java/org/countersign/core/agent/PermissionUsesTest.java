package org.countersign.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.core.agent.PermissionUses.Use;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.policy.Deeds.Deed;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk.Ruling;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class PermissionUsesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Ruling ALLOWED =
            new Ruling(new Verdict.Allow(List.of("writer"), new MaskPlan(List.of(), Map.of(), false, 10)), 1);
    private static final Use SELECTED = use("shop", "sql:select", "public.orders");

    private final PermissionUses uses = new PermissionUses();
    private final SessionFacts session = session(TestPrincipals.agent("orders-agent", "alice"));

    @Test
    void notesWhatAnAgentWasLetDo() {
        uses.note(session, select(), ALLOWED, NOW.minusSeconds(5));
        uses.note(session, select(), ALLOWED, NOW);

        assertThat(uses.waiting()).containsExactlyEntriesOf(Map.of(SELECTED, NOW));
    }

    @Test
    void notesNothingThatDoesNotRun() {
        var denied = new Verdict.Deny(List.of("x"), CountersignError.DENIED, "no", "");
        uses.note(session, select(), new Ruling(denied, 1), NOW);
        uses.note(session, select(), new Ruling(ALLOWED.verdict(), 1, true), NOW);
        uses.note(session(TestPrincipals.person("frank")), select(), ALLOWED, NOW);
        uses.asking(session.id());
        uses.note(session, select(), ALLOWED, NOW);

        assertThat(uses.waiting()).isEmpty();
    }

    @Test
    void keepsWhatWasUsedAgainWhileItWasWritten() {
        uses.note(session, select(), ALLOWED, NOW);
        Map<Use, Instant> written = uses.waiting();
        uses.note(session, select(), ALLOWED, NOW.plusSeconds(1));

        uses.written(written);
        assertThat(uses.waiting()).containsExactlyEntriesOf(Map.of(SELECTED, NOW.plusSeconds(1)));
        uses.written(uses.waiting());
        assertThat(uses.waiting()).isEmpty();
    }

    @Test
    void permissionIsUnusedWhenNothingItGivesWasDone() {
        var role = new RolePolicy(
                "writer",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("orders-agent"), Set.of()),
                List.of(
                        permission(
                                List.of("shop"),
                                List.of("sql:select", "sql:delete"),
                                List.of("public.orders", "public.customers.(id,email)"),
                                List.of("public.total(*)")),
                        permission(List.of("ledger"), List.of("sql:*"), List.of("*"), List.of())),
                Map.of(),
                10);

        List<Use> done = List.of(
                SELECTED,
                use("shop", "sql:select", "public.customers"),
                use("ledger", "sql:delete", "public.orders"),
                use("shop", "sql:execute", "public.other()"));
        assertThat(UnusedPermission.of(role, done))
                .extracting(UnusedPermission::text)
                .containsExactly(
                        "writer: sql:delete on public.orders (shop)",
                        "writer: sql:delete on public.customers.(id,email) (shop)",
                        "writer: the function public.total(*) (shop)");
        assertThat(UnusedPermission.of(role, List.of())).hasSize(6);
    }

    private static Permission permission(
            List<String> targets, List<String> actions, List<String> resources, List<String> functions) {
        return new Permission(
                targets.stream().map(Glob::new).toList(),
                actions.stream().map(Glob::new).toList(),
                resources.stream().map(ResourcePattern::new).toList(),
                functions.stream().map(Glob::new).toList());
    }

    private static Use use(String target, String action, String resource) {
        return new Use(TestPrincipals.ISSUER, "orders-agent", target, new Deed(action, resource));
    }

    private static SessionFacts session(Principal principal) {
        return new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:5000", false, NOW);
    }

    private static Command select() {
        var orders = new Access(Action.sql("select"), new Resource.Relation("public.orders", Set.of("id")));
        return new SqlCommand(
                "select",
                "select id from orders",
                List.of(),
                new SqlAnalysis(
                        List.of(orders),
                        Set.of(Effect.READ),
                        List.of(),
                        true,
                        List.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        List.of(),
                        "00"),
                List.of(),
                false);
    }
}
