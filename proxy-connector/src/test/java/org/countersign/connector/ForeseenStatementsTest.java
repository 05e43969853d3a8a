package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.junit.jupiter.api.Test;

/**
 * Statements that differ from an earlier one only in their constants are not analysed again: what they mean is foreseen,
 * and what the target says of the one that runs has to be just that.
 */
class ForeseenStatementsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Test
    void areMaskedAsTheOneThatWasAnalysed() throws Exception {
        try (var client = gateway.signIn("mallory")) {
            for (int id = 1; id <= 4; id++) {
                String card = target.ask("select card_number from customers where id = " + id);
                assertThat(client.query("select card_number, " + id + " as n from customers where id = " + id))
                        .contains("[" + card.substring(0, 6) + "******" + card.substring(12) + ", " + id + "]");
                assertThat(foreseen()).isEqualTo(id > 1);
            }
        }
    }

    @Test
    void showARelationThatWasReplacedInBetweenUnderItsOwnMasks() throws Exception {
        target.run(
                "create view card as select id, full_name as v from customers", "grant select on card to shop_gateway");
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query("select v from card where id = 1")).contains("[Anna Abel]");
            String card = target.ask("select card_number from customers where id = 2");
            target.run("create or replace view card as select id, card_number as v from customers");
            assertThat(client.query("select v from card where id = 2"))
                    .contains("[" + card.substring(0, 6) + "******" + card.substring(12) + "]", "ready IDLE");
        }
    }

    @Test
    void cannotWriteByWhatTheyTurnedInto() throws Exception {
        target.run(
                "create table tapped (id int)",
                "grant all on tapped to shop_gateway",
                "create view quiet as select 1 as v",
                "grant select on quiet to shop_gateway",
                "create function tap() returns int language sql volatile as"
                        + " $$ insert into tapped values (1) returning 1 $$");
        try (var client = gateway.signIn("mallory")) {
            client.query("select v from quiet where v < 10");
            assertThat(client.query("select v from quiet where v < 11")).contains("[1]");
            assertThat(foreseen()).isTrue();
            target.run("create or replace view quiet as select tap() as v");
            assertThat(client.query("select v from quiet where v < 12")).contains("ERROR 42501", "ready IDLE");
            client.query("begin");
            assertThat(client.query("select v from quiet where v < 13")).contains("ERROR 42501");
            client.query("rollback");
        }
        assertThat(target.ask("select count(*) from tapped")).isEqualTo("0");
    }

    @Test
    void runInBlocksAndFailAsTheServerSays() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("select 10 / 5");
            assertThat(client.query("select 10 / 0")).containsExactly("ERROR 22012", "ready IDLE");
            client.query("begin");
            for (int i = 0; i < 3; i++) {
                assertThat(client.query("update orders set note = 'n" + i + "' where id = " + i))
                        .contains("ready IN_TRANSACTION");
                assertThat(foreseen()).isEqualTo(i > 0);
            }
            assertThat(client.query("select note from orders where id = 2")).contains("[n2]");
            assertThat(client.query("select 10 / 0")).containsExactly("ERROR 22012", "ready FAILED");
            assertThat(client.query("select 10 / 5")).containsExactly("ERROR 25P02", "ready FAILED");
            client.query("rollback");
        }
        assertThat(target.ask("select coalesce(note, '') from orders where id = 2"))
                .isNotEqualTo("n2");
    }

    @Test
    void aWriteThatIsHeldIsAnalysedAndHeldEachTime() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("update orders set note = 'x' where id = 5");
            client.query("update orders set note = 'y' where id = 5");
            assertThat(foreseen()).isTrue();
        }
        try (var agent = gateway.signIn("orders-agent")) {
            agent.send(new Query("update orders set note = 'z' where id = 5"));
            assertThat(agent.receive()).isInstanceOf(NoticeResponse.class);
            assertThat(foreseen()).isFalse();
        }
        assertThat(target.ask("select note from orders where id = 5")).isEqualTo("y");
    }

    @Test
    void aTriggerDefinedThroughTheGatewayIsSeenAtOnce() throws Exception {
        target.run(
                "create function noted() returns trigger language plpgsql as $$ begin new.note := 'noted'; return new; end $$");
        try (var client = gateway.signIn("frank")) {
            client.query("update orders set note = 'a' where id = 6");
            client.query("update orders set note = 'b' where id = 6");
            assertThat(foreseen()).isTrue();
            target.run("alter table orders owner to shop_gateway");
            client.query("create trigger noted before update on orders for each row execute function noted()");
            client.query("update orders set note = 'c' where id = 6");
            assertThat(foreseen()).isFalse();
            assertThat(decided().functions()).contains("public.noted()");
        } finally {
            target.run("drop trigger if exists noted on orders");
        }
    }

    @Test
    void aDefinitionInOneSessionEndsWhatAllOthersForesee() throws Exception {
        target.run(
                "create table owned (id int, note text)",
                "alter table owned owner to shop_gateway",
                "create or replace function noting() returns trigger language plpgsql as"
                        + " $$ begin new.note := 'noted'; return new; end $$");
        try (var one = gateway.signIn("frank");
                var other = gateway.signIn("frank");
                var definer = gateway.signIn("frank")) {
            greet(one, other);
            one.query("insert into owned values (1)");
            other.query("insert into owned values (2)");
            assertThat(foreseen()).isTrue();
            definer.query("create trigger noting before insert on owned for each row execute function noting()");
            for (RawClient client : List.of(one, other)) {
                client.query("insert into owned values (3)");
                assertThat(decided().functions()).contains("public.noting()");
            }
            definer.query("begin");
            definer.query("drop trigger noting on owned");
            definer.query("insert into owned values (4)");
            assertThat(decided().functions()).as("it sees its own definition").isEmpty();
            definer.query("insert into owned values (5)");
            assertThat(foreseen()).as("what nobody else sees is not shared").isFalse();
            definer.query("rollback");
            one.query("insert into owned values (6)");
            assertThat(decided().functions()).contains("public.noting()");
        }
    }

    @Test
    void sessionsWithTemporaryObjectsKeepToThemselves() throws Exception {
        try (var plain = gateway.signIn("frank");
                var apart = gateway.signIn("frank")) {
            greet(plain);
            apart.query("create temp table orders (id int, note text)");
            apart.query("select note from orders where id = 1");
            apart.query("select note from orders where id = 2");
            assertThat(foreseen()).isFalse();
            assertThat(decided().accesses().toString()).contains("pg_temp");
            long refuted = gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED);
            plain.query("select note from orders where id = 3");
            assertThat(decided().accesses().toString()).contains("public.orders");
            plain.query("select note from orders where id = 4");
            assertThat(foreseen()).isTrue();
            apart.query("select note from orders where id = 5");
            assertThat(foreseen()).isFalse();
            assertThat(decided().accesses().toString()).contains("pg_temp");
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED))
                    .as("nothing was learnt or looked up that had to be refuted")
                    .isEqualTo(refuted);
        }
    }

    @Test
    void settingsThatChangeAMeaningTellThemApart() throws Exception {
        target.run("alter role shop_gateway set transform_null_equals = on");
        try (var odd = gateway.signIn("frank")) {
            target.run("alter role shop_gateway reset transform_null_equals");
            try (var plain = gateway.signIn("frank")) {
                long refuted = gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED);
                greet(plain, odd);
                for (int id = 1; id <= 2; id++) {
                    for (RawClient client : List.of(plain, odd)) {
                        client.query("select count(*) from orders where note = null and id > " + id);
                        assertThat(foreseen()).isEqualTo(id > 1);
                    }
                }
                assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED)).isEqualTo(refuted);
            }
        }
    }

    @Test
    void theMetricsTellWhatWasRemembered() throws Exception {
        target.run("create view told as select 1 as v", "grant select on told to shop_gateway");
        try (var client = gateway.signIn("frank")) {
            greet(client);
            long misses = gateway.metrics.value(Metric.ANALYSIS_CACHE_MISSES);
            long hits = gateway.metrics.value(Metric.ANALYSIS_CACHE_HITS);
            long entries = gateway.metrics.value(Metric.ANALYSIS_CACHE_ENTRIES);
            long bytes = gateway.metrics.value(Metric.ANALYSIS_CACHE_BYTES);
            client.query("select v from told where v < 21");
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_MISSES)).isEqualTo(misses + 1);
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_ENTRIES)).isEqualTo(entries + 1);
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_BYTES)).isGreaterThan(bytes + 500);
            client.query("select v from told where v < 22");
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_HITS)).isEqualTo(hits + 1);
            long refuted = gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED);
            target.run("create or replace view told as select 2 as v");
            assertThat(client.query("select v from told where v < 23")).contains("[2]");
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_REFUTED)).isEqualTo(refuted + 1);
            assertThat(gateway.metrics.value(Metric.ANALYSIS_CACHE_WINDOW_SECONDS))
                    .isEqualTo(5);
        }
    }

    /** Nothing is foreseen in a session whose settings are not known yet. */
    private static void greet(RawClient... clients) throws Exception {
        for (RawClient client : clients) {
            client.query("select 'hello'");
        }
    }

    /** What is foreseen is known by the shape of its trees, which it shares with others. */
    private static boolean foreseen() {
        return decided().treeDigest().startsWith("shape:");
    }

    private static SqlAnalysis decided() {
        return ((SqlCommand) requireNonNull(gateway.core.decided)).analysis();
    }
}
