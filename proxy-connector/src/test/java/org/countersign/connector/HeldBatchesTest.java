package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.countersign.connector.TestCore.Pending;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.command.Command;
import org.countersign.model.command.Parameter;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.StartupPacket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executes between two Syncs that would all be held are shown to people, and approved, as one. */
class HeldBatchesTest {
    private static final String NOTE = "update orders set note = $1 where id = $2";
    private static final String NAME = "update customers set full_name = $1 where id = $2";
    private static final String READ = "select count(*) from orders where note = $1 and id < $2";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @BeforeEach
    void forget() {
        gateway.core.approvals.clear();
    }

    @Test
    void asksOnceForAllOfThem() throws Exception {
        try (var client = waiting()) {
            client.send(batch(
                    run(NOTE, "all", "41"), run(READ, "all", "50"), run(NAME, "All", "7"), run(NOTE, "too", "42")));
            Pending asked = asked();
            assertThat(asked.held.command().parts()).extracting(Command::text).containsExactly(NOTE, NAME, NOTE);
            assertThat(asked.held.command().parts())
                    .extracting(HeldBatchesTest::values)
                    .containsExactly(List.of("all", "41"), List.of("All", "7"), List.of("too", "42"));
            gateway.core.settle(asked, State.APPROVED, "");
            assertThat(client.answers(1))
                    .containsSubsequence("notice SD001", "UPDATE 1", "[1]", "UPDATE 1", "UPDATE 1", "ready IDLE");
            assertThat(gateway.core.approvals).hasSize(1);
            assertThat(asked.state).isEqualTo(State.EXECUTED);
        }
        assertThat(target.ask("select count(*) from orders where note = 'all' and id = 41 or note = 'too' and id = 42"))
                .isEqualTo("2");
        assertThat(target.ask("select full_name from customers where id = 7")).isEqualTo("All");
    }

    @Test
    void asksOnceForAStatementThatIsExecutedWithOtherValues() throws Exception {
        try (var client = waiting()) {
            assertThat(client.send(new Parse("s", NOTE, List.of()), new Sync()).answers(1))
                    .contains("ready IDLE");
            client.send(batch(bound("batch", "43"), bound("batch", "44"), bound("batch", "45")));
            Pending asked = asked();
            assertThat(asked.held.command().parts()).hasSize(3);
            gateway.core.settle(asked, State.APPROVED, "");
            assertThat(client.answers(1)).containsSubsequence("UPDATE 1", "UPDATE 1", "UPDATE 1", "ready IDLE");
            assertThat(gateway.core.approvals).hasSize(1);
            client.send(batch(bound("batch", "43")));
            await().until(() -> gateway.core.approvals.size() == 2);
        }
        assertThat(target.ask("select count(*) from orders where note = 'batch'"))
                .isEqualTo("3");
    }

    @Test
    void runsNoneOfThemWhenTheyAreRejected() throws Exception {
        try (var client = waiting()) {
            client.send(batch(run(NOTE, "rejected", "46"), run(NOTE, "rejected", "47")));
            gateway.core.settle(asked(), State.REJECTED, "no");
            assertThat(client.answers(1)).contains("ERROR SD002", "ready IDLE").doesNotContain("UPDATE 1");
        }
        assertThat(gateway.core.approvals).hasSize(1);
        assertThat(gateway.metrics.value(Metric.HELD)).isZero();
        assertThat(target.ask("select count(*) from orders where note = 'rejected'"))
                .isEqualTo("0");
    }

    @Test
    void bindsTheApprovalToEveryValueAndTheOrder() throws Exception {
        FrontendMessage[] approved = batch(run(NOTE, "first", "48"), run(NOTE, "second", "49"));
        try (var client = deferring()) {
            assertThat(client.send(approved).answers(1)).contains("ERROR SD001");
            gateway.core.settle(asked(), State.APPROVED, "");
            assertThat(client.send(batch(run(NOTE, "first", "48"), run(NOTE, "other", "49")))
                            .answers(1))
                    .contains("ERROR SD001");
            assertThat(client.send(batch(run(NOTE, "second", "49"), run(NOTE, "first", "48")))
                            .answers(1))
                    .contains("ERROR SD001");
            assertThat(client.send(batch(run(NOTE, "first", "48"))).answers(1)).contains("ERROR SD001");
            assertThat(gateway.core.approvals).hasSize(4);
            assertThat(target.ask("select count(*) from orders where note in ('first', 'second', 'other')"))
                    .isEqualTo("0");
            assertThat(client.send(approved).answers(1)).containsSubsequence("UPDATE 1", "UPDATE 1", "ready IDLE");
            assertThat(client.send(approved).answers(1)).contains("ERROR SD001");
        }
        assertThat(target.ask("select count(*) from orders where note in ('first', 'second')"))
                .isEqualTo("2");
    }

    @Test
    void wastesTheApprovalWhenOneOfThemChangedItsMeaning() throws Exception {
        target.run("create function renamed() returns trigger language plpgsql as "
                + "$$ begin new.phone = 'changed'; return new; end $$");
        try (var client = waiting()) {
            client.send(batch(run(NOTE, "wasted", "50"), run(NAME, "Wasted", "8")));
            Pending asked = asked();
            target.run("create trigger renaming before update on customers for each row execute function renamed()");
            gateway.core.settle(asked, State.APPROVED, "");
            assertThat(client.answers(1)).contains("ERROR SD003", "ready IDLE").doesNotContain("UPDATE 1");
        } finally {
            target.run("drop trigger if exists renaming on customers");
        }
        assertThat(target.ask("select count(*) from orders where note = 'wasted'"))
                .isEqualTo("0");
    }

    @Test
    void asksAgainForWhatStandsBehindSomethingThatCannotBeForeseen() throws Exception {
        try (var client = waiting()) {
            client.send(batch(
                    run(NOTE, "before", "51"),
                    Stream.of(
                            new Parse("", "begin", List.of()),
                            new Bind("", "", List.of(), List.of(), List.of()),
                            new Execute("", 0)),
                    run(NOTE, "behind", "52")));
            Pending first = asked();
            assertThat(first.held.command().parts()).hasSize(1);
            gateway.core.settle(first, State.APPROVED, "");
            await().until(() -> gateway.core.approvals.size() == 2);
            assertThat(first.state).isEqualTo(State.EXECUTED);
        }
    }

    private Pending asked() {
        await().until(() -> gateway.core.approvals.values().stream().anyMatch(p -> p.state == State.PENDING));
        return gateway.core.approvals.values().stream()
                .filter(pending -> pending.state == State.PENDING)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> values(Command command) {
        return command.parameters().stream()
                .map(Parameter::value)
                .map(Optional::orElseThrow)
                .toList();
    }

    @SafeVarargs
    private static FrontendMessage[] batch(Stream<FrontendMessage>... commands) {
        var messages = new ArrayList<FrontendMessage>();
        for (Stream<FrontendMessage> command : commands) {
            command.forEach(messages::add);
        }
        messages.add(new Sync());
        return messages.toArray(FrontendMessage[]::new);
    }

    private static Stream<FrontendMessage> run(String sql, String... values) {
        return Stream.concat(Stream.of(new Parse("", sql, List.of())), executed("", values));
    }

    private static Stream<FrontendMessage> bound(String... values) {
        return executed("s", values);
    }

    private static Stream<FrontendMessage> executed(String statement, String... values) {
        List<byte[]> bytes = Stream.of(values)
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
        return Stream.of(new Bind("", statement, List.of(Format.TEXT), bytes, List.of()), new Execute("", 0));
    }

    private static RawClient waiting() throws Exception {
        return gateway.signIn("orders-agent");
    }

    private static RawClient deferring() throws Exception {
        var client = new RawClient(gateway.port());
        client.send(new StartupPacket.Startup(
                3,
                0,
                new LinkedHashMap<>(Map.of(
                        "user", "orders-agent", "database", "shop", "options", "-c countersign.approval=defer"))));
        client.prove(TestCore.PASSWORD);
        return client;
    }
}
