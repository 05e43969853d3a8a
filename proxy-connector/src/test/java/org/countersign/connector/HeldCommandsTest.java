package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Messages.query;

import java.util.List;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.junit.jupiter.api.Test;

/** What is held waits for its approval, runs once and only as it was understood. */
class HeldCommandsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Test
    void runsAnApprovedCommandOnce() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query("update orders set note = coalesce(note, '') || '+' where id = 21"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            assertThat(client.silent(200)).isTrue();
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IDLE");
        }
        assertThat(target.ask("select length(note) - length(replace(note, '+', '')) from orders where id = 21"))
                .isEqualTo("1");
    }

    @Test
    void runsNothingThatWasRejectedOrExpired() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query("update orders set note = 'rejected' where id = 22"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(1)).containsExactly("ERROR SD002", "ready IDLE");
            client.send(query("update orders set note = 'expired' where id = 22"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            gateway.core.settleAll(State.EXPIRED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
        }
        assertThat(target.ask("select coalesce(note, '') not in ('rejected', 'expired') from orders where id = 22"))
                .isEqualTo("t");
    }

    @Test
    void aHeldCommandInATransactionRunsInIt() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.query("begin");
            client.send(query("update orders set note = 'inside' where id = 23"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IN_TRANSACTION");
            assertThat(client.query("rollback")).containsExactly("ROLLBACK", "ready IDLE");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'inside' from orders where id = 23"))
                .isEqualTo("t");
    }

    @Test
    void withdrawsTheRequestOfAClientThatLeaves() throws Exception {
        for (boolean politely : List.of(true, false)) {
            var client = gateway.signIn("orders-agent");
            client.send(query("update orders set note = 'left' where id = 24"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            if (politely) {
                client.send(new Terminate());
            }
            client.close();
            await().until(() -> gateway.core.approvals.values().stream().noneMatch(p -> p.state == State.PENDING));
        }
        assertThat(target.ask("select coalesce(note, '') <> 'left' from orders where id = 24"))
                .isEqualTo("t");
    }

    @Test
    void aTriggerThatIsAddedDuringAHoldWastesTheApproval() throws Exception {
        target.run("create function stamped() returns trigger language plpgsql as "
                + "$$ begin new.sku = 'stamped'; return new; end $$");
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query("update orders set note = 'triggered' where id = 25"));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            target.run("create trigger stamp before update on orders for each row execute function stamped()");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
        } finally {
            target.run("drop trigger if exists stamp on orders");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'triggered' from orders where id = 25"))
                .isEqualTo("t");
    }
}
