package org.countersign.core.segregation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.core.target.TestTargets;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.TargetPolicy;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;

/** A shop in which making and checking orders are two roles, for the tests of segregation. */
final class Segregated {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Segregated() {}

    /** orders-agent makes and checks, frank makes, bob checks. */
    static PolicySnapshot policy(SegregationConstraint... constraints) {
        return new PolicySnapshot(
                1,
                Map.of("shop", target("shop")),
                List.of(
                        role("maker", "sql:insert", Set.of("orders-agent", "maker-agent"), Set.of("frank")),
                        role("checker", "sql:update", Set.of("orders-agent", "checker-agent"), Set.of("bob"))),
                List.of(),
                List.of(constraints));
    }

    static TargetPolicy target(String name) {
        return TestTargets.of(name);
    }

    private static RolePolicy role(String name, String action, Set<String> clients, Set<String> users) {
        return new RolePolicy(
                name,
                new RolePolicy.Holders(Set.of(), Set.of(), clients, users),
                List.of(new Permission(
                        List.of(new Glob("*")),
                        List.of(new Glob(action)),
                        List.of(new ResourcePattern("public.*")),
                        List.of())),
                Map.of(),
                Long.MAX_VALUE);
    }

    static SessionFacts session(String agent) {
        return session(TestPrincipals.agent(agent, "alice"));
    }

    static SessionFacts session(Principal principal) {
        return new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:5000", false, NOW);
    }

    static Command command(String verb, String relation) {
        return new SqlCommand(
                verb,
                verb + " " + relation,
                List.of(),
                new SqlAnalysis(
                        List.of(new Access(Action.sql(verb), new Resource.Relation(relation, Set.of()))),
                        Set.of(verb.equals("select") ? Effect.READ : Effect.WRITE),
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
