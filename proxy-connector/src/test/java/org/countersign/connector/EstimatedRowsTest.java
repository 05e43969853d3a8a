package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Estimate;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Condition;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.RiskFactor;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.Explanation;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many rows a command would touch is asked before people or guardrails need it, and nothing else is done for that. */
class EstimatedRowsTest {
    private static final Guardrail.Effect DENY = Guardrail.Effect.DENY;

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @BeforeAll
    static void analyse() throws Exception {
        target.run("analyze");
    }

    private final PolicySnapshot before = gateway.core.policy;

    @AfterEach
    void mend() {
        gateway.core.policy = before;
        gateway.mend();
        gateway.core.approvals.clear();
    }

    @Test
    void approversSeeWhatTheTargetExpects() throws Exception {
        assertThat(held("update orders set note = 'estimated'").estimate()).isEqualTo(new Estimate.Rows(3000));
        assertThat(held("update orders set note = 'estimated' where id = 5").estimate())
                .isEqualTo(new Estimate.Rows(1));
        assertThat(held("delete from orders where id <= 30 returning id").estimate())
                .isEqualTo(new Estimate.Rows(30));
        assertThat(target.ask("select count(*) from orders where note = 'estimated'"))
                .isEqualTo("0");
    }

    @Test
    void theValuesOfTheClientCount() throws Exception {
        assertThat(bound("20").estimate()).isEqualTo(new Estimate.Rows(20));
        assertThat(bound("2000").estimate()).isEqualTo(new Estimate.Rows(2000));
    }

    @Test
    void ofSeveralStatementsEachIsAsked() throws Exception {
        Command both = held("update orders set note = 'a' where id = 1; delete from orders");
        assertThat(both.parts())
                .extracting(Command::estimate)
                .containsExactly(new Estimate.Rows(1), new Estimate.Rows(3000));
        assertThat(both.estimate()).isEqualTo(new Estimate.Rows(3001));
    }

    @Test
    void insideATransactionItIsAskedAsTheSessionSeesItAndLeavesNothing() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("begin");
            client.query("create temporary table mine as select g from generate_series(1, 500) g");
            client.query("analyze mine");
            threshold(10);
            assertThat(client.query("delete from mine")).containsExactly("ERROR 42501", "ready FAILED");
            client.query("rollback");
            assertThat(client.query("show statement_timeout")).contains("[0]");
            assertThat(client.query("show transaction_read_only")).contains("[off]");
        }
    }

    @Test
    void aGuardrailIsAskedOnceTheRowsAreKnown() throws Exception {
        threshold(10);
        var verdicts = new CopyOnWriteArrayList<String>();
        var journal = gateway.log;
        gateway.log = (session, entries) -> {
            entries.stream()
                    .filter(entry -> entry.type() == FrameType.VERDICT.code())
                    .forEach(entry -> verdicts.add(new String(entry.payload(), StandardCharsets.UTF_8)));
            return journal.append(session, entries);
        };
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("update orders set note = 'few' where id < 5"))
                    .contains("UPDATE 4");
            assertThat(client.query("update orders set note = 'many'")).containsExactly("ERROR 42501", "ready IDLE");
            // the same text again, which is foreseen by now
            assertThat(client.query("update orders set note = 'few' where id < 5"))
                    .contains("UPDATE 4");
        }
        assertThat(verdicts).anyMatch(verdict -> verdict.contains("\"estimatedRows\":3000"));
    }

    @Test
    void ordinaryReadsAskNothing() throws Exception {
        guardrail(
                DENY,
                now -> now.command().effects().contains(Effect.WRITE)
                        && now.assessment().risk().score() >= 60);
        try (var client = gateway.signIn("frank")) {
            client.query("select count(*) from orders");
        }
        assertThat(gateway.core.decided).isNotNull();
        assertThat(gateway.core.decided.estimate()).isEqualTo(Estimate.UNASKED);
    }

    @Test
    void whatWouldRunCodeOfOthersIsNotPlanned() throws Exception {
        target.run(
                "create sequence if not exists planned",
                "create or replace function careless(int) returns int language plpgsql immutable as"
                        + " $$begin perform nextval('planned'); return $1; end$$");
        threshold(10);
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("delete from orders where id = careless(-1)"))
                    .containsExactly("ERROR 42501", "ready IDLE");
        }
        assertThat(gateway.core.decided.estimate()).isInstanceOf(Estimate.Unknown.class);
        assertThat(target.ask("select is_called from planned")).isEqualTo("f");
    }

    @Test
    void whatCannotBePlannedIsNoRefusalByItself() throws Exception {
        Command failing = held("update orders set amount = amount where 1 / 0 = id");
        assertThat(failing.estimate()).isEqualTo(new Estimate.Unknown("the target did not plan it (22012)"));
    }

    @Test
    void anApprovalGivenEarlierIsFoundAlthoughTheEstimateChanged() throws Exception {
        String sql = "update orders set note = 'deferred' where id = 9";
        try (var client = RawClient.deferring(gateway.port(), "orders-agent", TestCore.PASSWORD)) {
            assertThat(client.query(sql)).contains("ERROR SD001");
            target.run("update orders set status = status", "analyze orders");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.query(sql)).contains("UPDATE 1");
        }
    }

    @Test
    void explainingTellsIt() throws Exception {
        var judged = (Explanation.Judged) gateway.explainer.explain(new Explainer.Inquiry(
                UUID.randomUUID(), "orders-agent", "shop", "delete from orders", "127.0.0.1:1", false));
        assertThat(judged.command().estimate()).isEqualTo(new Estimate.Rows(3000));
        assertThat(judged.ruling().risk().orElseThrow().parts())
                .extracting(part -> part.factor())
                .containsExactly(RiskFactor.NO_PREDICATE, RiskFactor.ROWS);
        var open = (Explanation.Judged) gateway.explainer.explain(new Explainer.Inquiry(
                UUID.randomUUID(), "orders-agent", "shop", "delete from orders where id = $1", "127.0.0.1:1", false));
        assertThat(open.command().estimate()).isEqualTo(new Estimate.Unknown("its parameters have no values yet"));
    }

    private Command held(String sql) throws Exception {
        return held(new Query(sql));
    }

    private Command bound(String most) throws Exception {
        return held(
                new Parse("", "delete from orders where id <= $1", List.of()),
                new Bind(
                        "",
                        "",
                        List.of(Format.TEXT),
                        Collections.singletonList(most.getBytes(StandardCharsets.US_ASCII)),
                        List.of()),
                new Execute("", 0),
                new Sync());
    }

    private Command held(FrontendMessage... messages) throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(messages);
            while (!(client.receive() instanceof NoticeResponse)) {
                // until it is held
            }
            TestCore.Pending pending =
                    gateway.core.approvals.values().iterator().next();
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(1)).contains("ERROR SD002");
            gateway.core.approvals.clear();
            return pending.held.command();
        }
    }

    private void threshold(long rows) {
        guardrail(
                DENY,
                now -> now.command().effects().contains(Effect.WRITE)
                        && now.assessment().estimate().rows().orElseThrow(() -> new IllegalStateException("not known"))
                                > rows);
    }

    private void guardrail(Guardrail.Effect effect, Condition condition) {
        var guardrails = new ArrayList<>(before.guardrails());
        guardrails.add(new Guardrail(
                "by-rows",
                TargetSelector.everyTarget(),
                condition,
                effect,
                0,
                "",
                Optional.<ApprovalRequirement>empty()));
        gateway.core.policy = new PolicySnapshot(
                8, before.targets(), before.roles(), guardrails, before.constraints(), before.registry());
    }
}
