package org.countersign.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** Microseconds for the verdict on an UPDATE under 1,000 guardrails and 500 roles, without and with constraints. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConstraintsBenchmark {
    private static final int GUARDRAILS = 1_000;
    private static final int ROLES = 500;
    private static final int TYPES = 3;
    private static final String ORDERS = "public.orders";

    @Param({"0", "200"})
    int constraints;

    private final Instant now = Instant.EPOCH;
    private final SessionFacts session = session();
    private final Command command = command();
    private PolicySnapshot snapshot = policy(0);

    @Setup
    public void fill() {
        snapshot = policy(constraints);
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

    /** A third of the constraints is static, a third dynamic, a third about histories; every target has a tenth of them. */
    private static PolicySnapshot policy(int count) {
        var targets =
                IntStream.range(0, 10).mapToObj(ConstraintsBenchmark::target).toList();
        var roles =
                IntStream.range(0, ROLES).mapToObj(ConstraintsBenchmark::role).toList();
        var guardrails = IntStream.range(0, GUARDRAILS)
                .mapToObj(ConstraintsBenchmark::guardrail)
                .toList();
        var constraints = new ArrayList<SegregationConstraint>();
        for (int i = 0; i < count; i++) {
            constraints.add(constraint(i));
        }
        return new PolicySnapshot(
                1,
                Map.of("t0", targets.get(0), "t1", targets.get(1), "t2", targets.get(2)),
                roles,
                guardrails,
                constraints);
    }

    private static SegregationConstraint constraint(int i) {
        var selector = new TargetSelector(List.of(new Glob("t" + i / TYPES % 10)), Map.of());
        Set<String> roles = Set.of("role-" + i, "role-" + (i + 200));
        Optional<Duration> month = Optional.of(Duration.ofDays(30));
        return switch (i % TYPES) {
            case 0 -> new StaticConstraint("c" + i, selector, roles);
            case 1 ->
                new DynamicConstraint(
                        "c" + i, selector, DynamicConstraint.Per.SESSION, roles, List.of(), Optional.empty(), "");
            default ->
                new HistoryConstraint(
                        "c" + i,
                        selector,
                        new Deeds(List.of(new Glob("sql:define")), List.of(new Glob("s" + i + ".*"))),
                        Optional.of(new Deeds(List.of(new Glob("sql:call")), List.of(new Glob("s" + i + ".*")))),
                        Optional.empty(),
                        HistoryConstraint.Same.RESOURCE,
                        month,
                        "");
        };
    }

    private static Guardrail guardrail(int i) {
        return new Guardrail(
                "g" + i,
                new TargetSelector(List.of(new Glob("t" + i % 10)), Map.of()),
                situation -> situation.command().kind().equals("kind-" + i),
                Guardrail.Effect.DENY,
                0,
                "",
                Optional.empty());
    }

    /** Every hundredth is held; role-1 is a side of a dynamic constraint on the target. */
    private static RolePolicy role(int i) {
        return new RolePolicy(
                "role-" + i,
                new RolePolicy.Holders(
                        Set.of(), Set.of(), Set.of(i % 100 == 1 ? "orders-agent" : "agent-" + i), Set.of()),
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

    private static SessionFacts session() {
        var agent = new Principal(
                "issuer",
                "subject",
                "orders-agent",
                true,
                Optional.of(new Person("issuer", "alice")),
                Optional.empty(),
                List.of(),
                Set.of("r1", "r2", "r3"),
                Set.of("g1", "g2"),
                "orders-agent",
                Optional.empty());
        return new SessionFacts(
                SessionId.random(), agent, "t0", "postgresql", Map.of(), "127.0.0.1:1", false, Instant.EPOCH);
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
