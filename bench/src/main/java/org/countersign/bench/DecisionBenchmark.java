package org.countersign.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicyDecision;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.TargetPolicy;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for the verdict on a masked SELECT of three columns, the transaction around it not counted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
    private static final String CUSTOMERS = "public.customers";
    private final Instant now = Instant.EPOCH;
    private final PolicySnapshot snapshot = snapshot();
    private final SessionFacts session = session();
    private final Command command = command();

    @Benchmark
    public Verdict select() {
        return PolicyDecision.decide(snapshot, session, command, 1, now);
    }

    private static PolicySnapshot snapshot() {
        var target = new TargetPolicy(
                "shop",
                Map.of("env", "prod"),
                "postgresql",
                "127.0.0.1",
                5432,
                "shop",
                "disable",
                List.of(),
                Map.of(new FieldName(CUSTOMERS, "email"), Set.of("email")),
                Set.of(),
                Set.of("pan", "email"));
        var role = new RolePolicy(
                "reader",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of("support-agent"), Set.of()),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("sql:select")),
                        List.of(new ResourcePattern(CUSTOMERS)),
                        List.of())),
                Map.of("email", MaskKind.PARTIAL),
                10_000);
        return new PolicySnapshot(1, Map.of("shop", target), List.of(role), List.of(), List.of());
    }

    private static SessionFacts session() {
        var agent = new Principal(
                "issuer",
                "subject",
                "support-agent",
                true,
                Optional.of(new Person("issuer", "frank")),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "support-agent",
                Optional.empty());
        return new SessionFacts(
                SessionId.random(),
                agent,
                "shop",
                "postgresql",
                Map.of("env", "prod"),
                "127.0.0.1:1",
                false,
                Instant.EPOCH);
    }

    private static Command command() {
        List<OutputField> outputs = List.of("id", "full_name", "email").stream()
                .map(name -> new OutputField(name, Set.of(new FieldName(CUSTOMERS, name))))
                .toList();
        var access =
                new Access(Action.sql("select"), new Resource.Relation(CUSTOMERS, Set.of("id", "full_name", "email")));
        var analysis = new SqlAnalysis(
                List.of(access),
                Set.of(Effect.READ),
                List.of(),
                true,
                outputs,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                "00");
        return new SqlCommand(
                "select", "select id, full_name, email from customers", List.of(), analysis, List.of(), false);
    }
}
