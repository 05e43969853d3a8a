package org.countersign.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.Deeds;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.DynamicConstraint;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Grant;
import org.countersign.model.policy.Grants;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.StaticConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for the verdict on an UPDATE under policies of three sizes. The <em>large</em> one has 1,000 guardrails, 500
 * roles and 200 constraints for 100 targets; the <em>small</em> one is what of it concerns the command's target and
 * principal: 10, 5 and 2. In the <em>crowded</em> one everything is about the one target. Beside all of them stands one
 * grant of the principal, beside the large ones also those of 200 others.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConstraintsBenchmark {
    private static final int GUARDRAILS = 1_000;
    private static final int ROLES = 500;
    private static final int CONSTRAINTS = 200;
    private static final int TARGETS = 100;
    private static final int GRANTS = 200;
    private static final String ORDERS = "public.orders";

    @Param({"small", "large", "crowded"})
    String policy;

    private final Instant now = Instant.EPOCH;
    private final SessionFacts session = session();
    private final Command command = command();
    private PolicySnapshot snapshot = policy(TARGETS, false);

    @Setup
    public void fill() {
        boolean small = policy.equals("small");
        snapshot = policy(policy.equals("crowded") ? 1 : TARGETS, small).with(grants(small ? 0 : GRANTS));
    }

    /** What is decided on the event loop: the verdict, the sides it takes and whether the store has to be asked. */
    @Benchmark
    public boolean update() {
        Verdict verdict = PolicyDecision.decide(snapshot, session, command, 1, now);
        if (!(verdict instanceof Verdict.Allow allow)) {
            throw new IllegalStateException("not allowed: " + verdict);
        }
        List<DutyUse> uses = DutyUse.of(snapshot, session, command, allow);
        return snapshot.constraints().askThePast(session.target(), command, uses);
    }

    /** @param concerned only what is about the target or held by the agent */
    private static PolicySnapshot policy(int targets, boolean concerned) {
        var all = new HashMap<String, TargetPolicy>();
        for (int i = 0; i < targets; i++) {
            all.put("t" + i, target(i));
        }
        return new PolicySnapshot(
                1,
                all,
                IntStream.range(0, ROLES)
                        .filter(i -> !concerned || held(i))
                        .mapToObj(ConstraintsBenchmark::role)
                        .toList(),
                IntStream.range(0, GUARDRAILS)
                        .filter(i -> !concerned || i % targets == 0)
                        .mapToObj(i -> guardrail(i, i % targets))
                        .toList(),
                IntStream.range(0, CONSTRAINTS)
                        .filter(i -> !concerned || i % targets == 0)
                        .mapToObj(i -> constraint(i, i % targets))
                        .toList());
    }

    /** A dynamic one of a role that the agent holds is among those of every target. */
    private static SegregationConstraint constraint(int i, int target) {
        var selector = new TargetSelector(List.of(new Glob("t" + target)), Map.of());
        Set<String> roles = Set.of("role-" + (i + 1), "role-" + (i + 200));
        Optional<Duration> month = Optional.of(Duration.ofDays(30));
        return switch (i / TARGETS + i % TARGETS % 2) {
            case 0 ->
                new DynamicConstraint(
                        "c" + i, selector, DynamicConstraint.Per.SESSION, roles, List.of(), Optional.empty(), "");
            case 1 ->
                new HistoryConstraint(
                        "c" + i,
                        selector,
                        new Deeds(List.of(new Glob("sql:define")), List.of(new Glob("s" + i + ".*"))),
                        Optional.of(new Deeds(List.of(new Glob("sql:call")), List.of(new Glob("s" + i + ".*")))),
                        Optional.empty(),
                        HistoryConstraint.Same.RESOURCE,
                        month,
                        "");
            default -> new StaticConstraint("c" + i, selector, roles);
        };
    }

    private static Guardrail guardrail(int i, int target) {
        return new Guardrail(
                "g" + i,
                new TargetSelector(List.of(new Glob("t" + target)), Map.of()),
                situation -> situation.command().kind().equals("kind-" + i),
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty());
    }

    private static boolean held(int role) {
        return role % 100 == 1;
    }

    /** Every hundredth is held. */
    private static RolePolicy role(int i) {
        return new RolePolicy(
                "role-" + i,
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(held(i) ? "orders-agent" : "agent-" + i), Set.of()),
                List.of(new Permission(
                        List.of(new Glob("t*")),
                        List.of(new Glob("sql:update")),
                        List.of(new ResourcePattern("public.*")),
                        List.of())),
                Map.of(),
                10_000);
    }

    private static TargetPolicy target(int i) {
        return new TargetPolicy(
                "t" + i,
                Map.of(),
                "postgresql",
                "127.0.0.1",
                5432,
                "shop",
                "disable",
                List.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }

    /** One of the agent itself and of so many others, each of a part of a role. */
    private static Grants grants(int others) {
        return new Grants(IntStream.rangeClosed(0, others)
                .mapToObj(i -> grant(i == 0 ? agent("orders-agent") : agent("agent-" + i)))
                .toList());
    }

    private static Grant grant(Principal holder) {
        return new Grant(
                UUID.randomUUID(),
                Grant.Kind.GRANT,
                Grant.Holder.of(holder),
                "role-1",
                new Permission(
                        List.of(new Glob("t0")),
                        List.of(new Glob("sql:delete")),
                        List.of(new ResourcePattern("public.orders")),
                        List.of()),
                Instant.MAX,
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static Principal agent(String name) {
        return new Principal(
                "issuer",
                "subject of " + name,
                name,
                true,
                Optional.of(new Person("issuer", "alice")),
                Optional.empty(),
                List.of(),
                Set.of("r1", "r2", "r3"),
                Set.of("g1", "g2"),
                name,
                Optional.empty());
    }

    private static SessionFacts session() {
        return new SessionFacts(
                SessionId.random(),
                agent("orders-agent"),
                "t0",
                "postgresql",
                Map.of(),
                "127.0.0.1:1",
                false,
                Instant.EPOCH);
    }

    private static Command command() {
        var access = new Access(Action.sql("update"), new Resource.Relation(ORDERS, Set.of("status")));
        var analysis = new SqlAnalysis(
                List.of(access),
                Set.of(Effect.WRITE),
                List.of(),
                true,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                "00");
        return new SqlCommand("update", "update orders set status = 'x'", List.of(), analysis, List.of(), false);
    }
}
