package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJB;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.countersign.core.approval.ApprovalRefusedException;
import org.countersign.core.approval.ApprovalService;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.approval.HeldCommands;
import org.countersign.core.identity.Caller;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.HeldCommand;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Races that only the container's transactions and the store's locks can settle, inside the running WildFly. */
@ExtendWith({RunningGateway.class, RemoteJmx.class, ArquillianExtension.class})
class ApprovalsInContainerSystemTest {
    private static final String ISSUER = "https://issuer.test";
    private static final int RACERS = 8;

    @EJB(lookup = "java:global/countersign/ejb-core/HeldCommands!org.countersign.core.approval.HeldCommands")
    private HeldCommands requests;

    @EJB(lookup = "java:global/countersign/ejb-core/ApprovalService!org.countersign.core.approval.ApprovalService")
    private ApprovalService approvals;

    @Deployment
    static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, "approvals-in-container.war")
                .addClasses(
                        ApprovalsInContainerSystemTest.class, RunningGateway.class, RemoteJmx.class, Management.class)
                .addPackages(true, "org.assertj.core", "net.bytebuddy")
                .addAsManifestResource(
                        new StringAsset(
                                "Dependencies: deployment.countersign.ear, deployment.countersign.ear.ejb-core.jar\n"),
                        "MANIFEST.MF");
    }

    @Test
    void anApprovalIsRedeemedOnceHoweverManyTry() throws Exception {
        HeldCommand held = held();
        UUID approval = requests.request(UUID.randomUUID(), held).approval();
        approvals.decide(person("bob"), approval, DecisionKind.APPROVE, "");
        List<Verdict> verdicts = race(() -> requests.redeem(approval, held).verdict());
        assertThat(verdicts.stream().filter(Verdict.Allow.class::isInstance)).hasSize(1);
    }

    @Test
    void oneOfManyDecisionsCounts() throws Exception {
        UUID approval = requests.request(UUID.randomUUID(), held()).approval();
        List<String> answers = race(() -> {
            try {
                approvals.decide(person("approver-" + UUID.randomUUID()), approval, DecisionKind.APPROVE, "");
                return "taken";
            } catch (ApprovalRefusedException e) {
                return e.reason().label();
            }
        });
        assertThat(answers.stream().filter("taken"::equals)).hasSize(1);
        assertThat(answers.stream().filter("already-decided"::equals)).hasSize(RACERS - 1);
    }

    @Test
    void aDifferentDigestRedeemsNothing() throws Exception {
        HeldCommand held = held();
        UUID approval = requests.request(UUID.randomUUID(), held).approval();
        approvals.decide(person("bob"), approval, DecisionKind.APPROVE, "");
        HeldCommand other = held();
        assertThat(requests.redeem(approval, other).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    private static <T> List<T> race(Callable<T> act) throws Exception {
        var start = new CyclicBarrier(RACERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            var futures = new ArrayList<Future<T>>();
            for (int racer = 0; racer < RACERS; racer++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return act.call();
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static Caller person(String name) {
        return new Caller(
                new Principal(
                        ISSUER,
                        name,
                        name,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Set.of("approver"),
                        Set.of(),
                        "countersign-portal",
                        Optional.empty()),
                Instant.now().plusSeconds(60));
    }

    private static HeldCommand held() {
        var agent = new Principal(
                ISSUER,
                "service-account",
                "orders-agent",
                true,
                Optional.of(new Person(ISSUER, "alice")),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "orders-agent",
                Optional.empty());
        var session = new SessionFacts(
                SessionId.random(),
                agent,
                "shop",
                "postgresql",
                Map.of("env", "prod"),
                "127.0.0.1:1",
                false,
                Instant.now());
        var access = new Access(Action.sql("delete"), new Resource.Relation("public.orders", Set.of()));
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
        var command =
                new SqlCommand("delete", "delete from orders where id = -1", List.of(), analysis, List.of(), false);
        var requirement = new ApprovalRequirement(
                List.of(new ApprovalRequirement.Approvers(Set.of("approver"), Set.of(), Set.of())),
                1,
                Duration.ofMinutes(15),
                Duration.ofMinutes(5));
        String digest = "sha256:" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        return new HeldCommand(
                session,
                command,
                0,
                digest,
                new Verdict.Hold(List.of("agent-writes-need-a-person"), requirement, "Writes need a person."),
                1,
                false);
    }
}
