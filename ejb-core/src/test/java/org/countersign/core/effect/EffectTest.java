package org.countersign.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.effect.EffectView.Rights;
import org.countersign.core.recording.RecordedCommand;
import org.countersign.core.segregation.ConflictReport;
import org.countersign.core.segregation.ConflictReport.Finding;
import org.countersign.core.segregation.ConstraintView;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class EffectTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID SESSION = new UUID(0, 7);
    private static final Principal AGENT = new Principal(
            "https://idp",
            "s",
            "orders-agent",
            true,
            Optional.of(new Person("https://idp", "alice")),
            Optional.empty(),
            List.of(),
            Set.of(),
            Set.of(),
            "orders-agent",
            Optional.empty());

    @Test
    void countsTheCommandsWhoseVerdictWouldBeAnother() {
        var replay = new Replay(policy("sql:select", "sql:update"), policy("sql:select"), sessions());
        replay.judge(recorded(1, "update"));
        replay.judge(recorded(2, "update"));
        replay.judge(recorded(3, "select"));
        replay.judge(recorded(new UUID(0, 8), 9, "update"));

        assertThat(replay.judged()).isEqualTo(3);
        assertThat(replay.unknown()).isEqualTo(1);
        assertThat(replay.shifts()).singleElement().satisfies(shift -> {
            assertThat(shift.before()).isEqualTo("allow");
            assertThat(shift.after()).isEqualTo("deny");
            assertThat(shift.count()).isEqualTo(2);
            assertThat(shift.examples())
                    .first()
                    .isEqualTo(new EffectView.Example(SESSION, new UUID(0, 1), NOON, "orders-agent", "shop", "update"));
        });
        assertThat(EffectWords.of(List.of(), replay.shifts(), replay.judged(), List.of()))
                .containsExactly("2 commands would now be denied");
    }

    @Test
    void saysWhoGainsAndLosesWhat() {
        List<Rights> rights = RightsDiff.between(
                policy("sql:select", "sql:update"), policy("sql:select", "sql:delete"), List.of(AGENT));

        assertThat(rights)
                .containsExactly(new Rights(
                        "orders-agent",
                        true,
                        List.of("sql:delete on public.orders of shop"),
                        List.of("sql:update on public.orders of shop")));
        assertThat(EffectWords.of(rights, List.of(), 0, List.of()))
                .containsExactly(
                        "1 agent loses sql:update on public.orders of shop",
                        "1 agent gains sql:delete on public.orders of shop",
                        "None of the 0 commands would get another verdict");
    }

    @Test
    void saysWhomTheConstraintsOfTheChangeConcern() {
        var constraint = new ConstraintView(
                "four-eyes", "history", "any", List.of(), List.of(), List.of(), Map.of(), Optional.empty(), "");
        List<Finding> many = List.of("a", "b", "b", "c", "d", "e", "f").stream()
                .map(who -> new Finding(who, "did it"))
                .toList();

        assertThat(EffectWords.of(
                        List.of(),
                        List.of(),
                        3,
                        List.of(
                                new ConflictReport(constraint, List.of(), many.subList(0, 1), false),
                                new ConflictReport(constraint, many.subList(0, 1), many, true),
                                new ConflictReport(constraint, List.of(), List.of(), true))))
                .containsExactly(
                        "None of the 3 commands would get another verdict",
                        "four-eyes: in conflict with it now 1 (a); could come into conflict 6 (a; b; c; d; e; …)",
                        "four-eyes: nobody is in conflict with it now; could come into conflict 1 (a); there may be more",
                        "1 constraint of the change: nobody is in conflict with it now, and nobody is near to it");
        assertThat(EffectWords.of(
                        List.of(),
                        List.of(),
                        3,
                        Collections.nCopies(200, new ConflictReport(constraint, List.of(), many, true))))
                .hasSize(22)
                .last()
                .isEqualTo("180 more of its constraints concern somebody: try them under Segregation");
    }

    @Test
    void asksAboutThoseWhoWereNeverHere() {
        assertThat(RightsDiff.between(
                        policy("sql:select"),
                        policy("sql:delete"),
                        NamedPrincipals.with(List.of(), "https://idp", policy("sql:select"), policy("sql:delete"))))
                .containsExactly(new Rights(
                        "orders-agent",
                        true,
                        List.of("sql:delete on public.orders of shop"),
                        List.of("sql:select on public.orders of shop")));
        assertThat(NamedPrincipals.with(List.of(AGENT), "https://idp", policy("sql:select")))
                .containsExactly(AGENT);
    }

    private static Map<UUID, SessionFacts> sessions() {
        return Map.of(
                SESSION,
                new SessionFacts(
                        new SessionId(SESSION), AGENT, "shop", "postgresql", Map.of(), "127.0.0.1:1", true, NOON));
    }

    private static RecordedCommand recorded(long sequence, String verb) {
        return recorded(SESSION, sequence, verb);
    }

    private static RecordedCommand recorded(UUID session, long sequence, String verb) {
        return new RecordedCommand(
                new UUID(0, sequence),
                session,
                sequence,
                NOON,
                command(verb),
                "allow",
                Optional.empty(),
                "",
                List.of(),
                1,
                "executed");
    }

    private static SqlCommand command(String verb) {
        var access = new Access(Action.sql(verb), new Resource.Relation("public.orders", Set.of()));
        return new SqlCommand(
                verb, verb, List.of(), SqlAnalysis.utility(List.of(access), Set.of(Effect.WRITE)), List.of(), false);
    }

    private static PolicySnapshot policy(String... actions) {
        var shop = new TargetPolicy(
                "shop",
                Map.of(),
                "postgresql",
                "127.0.0.1",
                15433,
                "shop",
                "disable",
                List.of(),
                Map.of(),
                Set.of(),
                Set.of());
        var permission = new Permission(
                List.of(new Glob("shop")),
                java.util.Arrays.stream(actions).map(Glob::new).toList(),
                List.of(new ResourcePattern("public.orders")),
                List.of());
        var role = new RolePolicy(
                "writer",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("orders-agent"), Set.of()),
                List.of(permission),
                Map.of(),
                Long.MAX_VALUE);
        return new PolicySnapshot(1, Map.of("shop", shop), List.of(role), List.of(), List.of());
    }
}
