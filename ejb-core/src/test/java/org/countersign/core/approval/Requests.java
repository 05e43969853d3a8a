package org.countersign.core.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.identity.Caller;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Parameter;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.HashKey;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.ApprovalDigest;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;

/** Requests and callers for the tests of approvals. */
final class Requests {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final String ISSUER = "http://localhost:8180/realms/countersign";
    static final Principal ORDERS_AGENT = agent("orders-agent", "alice", List.of());

    private static final SessionId SESSION = SessionId.random();
    private static final Upstream UPSTREAM =
            new Upstream("127.0.0.1", 15433, "shop", TlsMode.DISABLE, "shop_gateway", new Secret("x"));

    private Requests() {}

    static Principal agent(String name, String owner, List<Actor> act) {
        return new Principal(
                ISSUER,
                "subject-of-" + name,
                name,
                true,
                Optional.of(new Person(ISSUER, owner)),
                Optional.empty(),
                act,
                Set.of(),
                Set.of(),
                name,
                Optional.empty());
    }

    static Principal person(String name, String client, String... realmRoles) {
        return new Principal(
                ISSUER,
                "subject-of-" + name,
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(realmRoles),
                Set.of(),
                client,
                Optional.empty());
    }

    static Caller caller(String name, String... realmRoles) {
        return new Caller(person(name, "countersign-portal", realmRoles), NOW.plusSeconds(300));
    }

    static Caller caller(Principal principal) {
        return new Caller(principal, NOW.plusSeconds(300));
    }

    static ApprovalRequirement requirement(int quorum) {
        return new ApprovalRequirement(
                List.of(new Approvers(Set.of("approver"), Set.of(), Set.of())),
                quorum,
                Duration.ofMinutes(15),
                Duration.ofMinutes(5));
    }

    static SqlCommand update(String id) {
        return new SqlCommand(
                "update",
                "update orders set status = 'sent' where id = $1",
                List.of(new Parameter("int4", Optional.of(id)), new Parameter("text", Optional.empty())),
                new SqlAnalysis(
                        List.of(new Access(
                                Action.sql("update"), new Resource.Relation("public.orders", Set.of("status")))),
                        Set.of(Effect.WRITE),
                        List.of(),
                        true,
                        List.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        List.of(),
                        "00"),
                List.of("search_path=public"),
                false);
    }

    static final HashKey KEY = new HashKey(new byte[32]);

    static HeldCommand held(boolean deferred) {
        return held(ORDERS_AGENT, SESSION, update("7"), 1, deferred);
    }

    static HeldCommand held(Principal principal, SessionId session, SqlCommand command, int quorum, boolean deferred) {
        var facts = new SessionFacts(
                session, principal, "shop", "postgresql", Map.of("env", "prod"), "127.0.0.1:5000", false, NOW);
        return new HeldCommand(
                facts,
                command,
                3,
                ApprovalDigest.of(facts, UPSTREAM, KEY, command),
                new Verdict.Hold(List.of("agent-writes-need-a-person"), requirement(quorum), "Writes need a person."),
                7,
                deferred);
    }
}
