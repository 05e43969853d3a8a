package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.countersign.model.port.Allowance;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a command draws on is counted exactly, and its result ends where that does. */
class BudgetedCommandsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    private final Purse purse = new Purse();

    @AfterEach
    void mend() {
        gateway.core.mend();
    }

    /** What one test may use, counted by hand. */
    private static final class Purse implements Allowance {
        private final AtomicLong commands = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long most = Long.MAX_VALUE;
        private volatile long mostBytes = Long.MAX_VALUE;
        private volatile long mostCommands = Long.MAX_VALUE;

        @Override
        public boolean begin() {
            if (commands.incrementAndGet() > mostCommands) {
                commands.decrementAndGet();
                return false;
            }
            return true;
        }

        @Override
        public void giveBack() {
            commands.decrementAndGet();
        }

        @Override
        public Optional<Overdrawn> draw(long moreRows, long moreBytes) {
            if (rows.get() + moreRows > most || bytes.get() + moreBytes > mostBytes) {
                return Optional.of(new Overdrawn("budget/engineer/day", "The budget is used up.", "Wait."));
            }
            rows.addAndGet(moreRows);
            bytes.addAndGet(moreBytes);
            return Optional.empty();
        }

        @Override
        public Optional<Overdrawn> change(long moreRows) {
            return draw(moreRows, 0);
        }

        @Override
        public long rowsLeft() {
            return most == Long.MAX_VALUE ? most : most - rows.get();
        }

        @Override
        public boolean mayCut() {
            return most < Long.MAX_VALUE || mostBytes < Long.MAX_VALUE;
        }
    }

    @Test
    void countsWhatComesBackAndWhatIsChanged() throws Exception {
        try (var client = with(purse)) {
            client.query("select 'abc' from orders limit 7");
            assertThat(purse.rows).hasValue(7);
            assertThat(purse.bytes).hasValue(21);
            client.query("update orders set note = 'counted' where id <= 5");
            assertThat(purse.rows).hasValue(12);
            client.query("update orders set note = 'counted' where id <= 4 returning id");
            assertThat(purse.rows).hasValue(16);
            client.query("select 1; select 2");
            assertThat(purse.commands).hasValue(4);
            assertThat(purse.rows).hasValue(18);
            client.query("copy (select id from orders where id <= 3) to stdout");
            assertThat(purse.rows).hasValue(21);
            client.query("select id from orders where id <= 9; update orders set note = 'counted' where id <= 2");
            assertThat(purse.rows).as("what was shown before is not taken off").hasValue(32);
        }
    }

    @Test
    void countsTheSameTextOnceEachTimeItRuns() throws Exception {
        try (var client = with(purse)) {
            for (int i = 1; i <= 4; i++) {
                client.query("select id from orders where id = 1");
                assertThat(purse.commands).hasValue(i);
                assertThat(purse.rows).hasValue(i);
            }
        }
    }

    @Test
    void endsAResultWhereTheBudgetEnds() throws Exception {
        purse.most = 1000;
        try (var client = with(purse)) {
            List<BackendMessage> all = all(client, "select id from orders");
            assertThat(all.stream().filter(DataRow.class::isInstance)).hasSize(1000);
            Diagnostic error = all.stream()
                    .filter(ErrorResponse.class::isInstance)
                    .map(message -> ((ErrorResponse) message).diagnostic())
                    .findFirst()
                    .orElseThrow();
            assertThat(error.sqlState()).isEqualTo("54000");
            assertThat(error.message()).isEqualTo("The budget is used up.");
            assertThat(error.field(Diagnostic.HINT)).contains("Wait.");
            assertThat(error.field(Diagnostic.DETAIL).orElse("")).contains("\"rule\":\"budget/engineer/day\"");
            assertThat(client.query("copy orders to stdout")).contains("ERROR 54000");
            assertThat(client.query("select 1")).contains("ERROR 54000").doesNotContain("[1]");
        }
    }

    @Test
    void undoesAWriteWhoseResultIsCut() throws Exception {
        purse.most = 3;
        try (var client = with(purse)) {
            assertThat(client.query("update orders set note = 'cut' where id <= 10 returning id"))
                    .contains("ERROR 54000");
        }
        assertThat(target.ask("select count(*) from orders where note = 'cut'")).isEqualTo("0");
    }

    @Test
    void undoesAWriteOfMoreRowsThanAreLeft() throws Exception {
        purse.most = 12;
        try (var client = with(purse)) {
            assertThat(client.query("update orders set note = 'few' where id <= 10"))
                    .contains("UPDATE 10");
            assertThat(client.query("update orders set note = 'undone' where id <= 3"))
                    .containsExactly("ERROR 54000", "ready IDLE");
            client.query("begin");
            assertThat(client.query("delete from orders where id <= 3")).containsExactly("ERROR 54000", "ready FAILED");
            assertThat(client.query("commit")).contains("ROLLBACK");
            client.send(
                    new Parse("", "update orders set note = 'undone' where id <= 2", List.of()),
                    new Bind("", "", List.of(), List.of(), List.of()),
                    new Execute("", 0),
                    new Parse("", "update orders set note = 'undone' where id = 3", List.of()),
                    new Bind("", "", List.of(), List.of(), List.of()),
                    new Execute("", 0),
                    new Sync());
            assertThat(client.answers(1)).contains("ERROR 54000");
        }
        assertThat(target.ask("select count(*) from orders where note = 'undone'"))
                .isEqualTo("0");
        assertThat(target.ask("select count(*) from orders where note = 'few'")).isEqualTo("10");
    }

    @Test
    void takesNothingOfACopyOfMoreThanIsLeft() throws Exception {
        target.run("create table copied (id int, words text)", "grant all on copied to shop_gateway");
        try (var client = with(purse)) {
            purse.most = 2;
            assertThat(copied(client, "1\ta\n2\tb\n")).contains("COPY 2");
            assertThat(copied(client, "3\tc\n")).contains("ERROR 54000");
            purse.most = Long.MAX_VALUE;
            purse.mostBytes = purse.bytes.get() + 100_000;
            assertThat(copied(client, ("4\t" + "x".repeat(1000) + "\n").repeat(200)))
                    .contains("ERROR 54000");
            assertThat(client.query("select 1")).contains("[1]");
        }
        assertThat(target.ask("select count(*) from copied")).isEqualTo("2");
    }

    private static List<String> copied(RawClient client, String data) throws Exception {
        client.send(new Query("copy copied from stdin"));
        client.send(new CopyData(data.getBytes(StandardCharsets.UTF_8)), new CopyDone());
        return client.answers(1);
    }

    @Test
    void whatCannotBeginDoesNotRun() throws Exception {
        purse.mostCommands = 2;
        try (var client = with(purse)) {
            client.query("update orders set note = 'first' where id = 81");
            client.query("update orders set note = 'second' where id = 81");
            assertThat(client.query("update orders set note = 'third' where id = 81"))
                    .containsExactly("ERROR 54000", "ready IDLE");
            assertThat(client.query("select 1")).containsExactly("ERROR 54000", "ready IDLE");
        }
        assertThat(target.ask("select note from orders where id = 81")).isEqualTo("second");
        assertThat(purse.commands).hasValue(2);
    }

    @Test
    void whatNeverLeftIsGivenBack() throws Exception {
        try (var client = with(purse)) {
            client.query("select id from orders where 1 / 0 = id");
            assertThat(purse.commands).hasValue(1); // the target failed on it
            client.query("listen");
            client.query("selec");
            assertThat(purse.commands).hasValue(1);
        }
    }

    private RawClient with(Allowance allowance) throws Exception {
        var client = gateway.signIn("frank");
        gateway.core.allowance = allowance;
        return client;
    }

    private static List<BackendMessage> all(RawClient client, String sql) throws Exception {
        client.send(new Query(sql));
        var all = new ArrayList<BackendMessage>();
        do {
            all.add(client.receive());
        } while (!(all.getLast() instanceof BackendMessage.ReadyForQuery));
        return all;
    }
}
