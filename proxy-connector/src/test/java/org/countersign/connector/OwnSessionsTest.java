package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.sync;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session has of its own, temporary objects and settings of its role, changes what its statements mean for it alone. */
class OwnSessionsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @BeforeAll
    static void prepare() throws Exception {
        target.run("""
                create function move_card_shadow() returns int language plpgsql as $$
                begin
                  create temp view customers as select id, card_number as full_name from public.customers;
                  return 1;
                end $$
                """, """
                create function move_card_clear() returns int language plpgsql as $$
                begin
                  drop view pg_temp.customers;
                  return 1;
                end $$
                """);
    }

    @Test
    void aTemporaryObjectThatShadowsATableIsWhatIsMasked() throws Exception {
        String name = target.ask("select full_name from customers where id = 1");
        String card = target.ask("select card_number from customers where id = 1");
        String masked = card.substring(0, 6) + "******" + card.substring(12);
        try (var client = gateway.signIn("mallory");
                var other = gateway.signIn("mallory")) {
            for (RawClient each : List.of(client, other)) {
                each.send(parse("s", "select full_name from customers where id = 1"), sync())
                        .answers(1);
            }
            assertAllShow(client, name);
            assertAllShow(other, name);
            for (boolean undone : List.of(true, false)) {
                client.query("begin");
                assertThat(client.query("select move_card_shadow()")).contains("[1]");
                assertThat(simple(client, "")).contains("[" + masked + "]");
                assertAllShow(other, name);
                client.query("rollback");
                assertAllShow(client, name);
                if (undone) {
                    continue;
                }
                assertThat(client.query("select move_card_shadow()")).contains("[1]");
                assertAllShow(client, masked);
                assertAllShow(other, name);
                assertThat(client.query("select move_card_clear()")).contains("[1]");
                assertAllShow(client, name);
            }
        }
    }

    /** As a text that was foreseen, the very same text, a statement that was prepared and one among several. */
    private static void assertAllShow(RawClient client, String shown) throws Exception {
        String row = "[" + shown + "]";
        assertThat(simple(client, " and 1 = 1")).contains(row);
        assertThat(simple(client, " and 2 = 2")).contains(row);
        assertThat(simple(client, "")).contains(row);
        assertThat(simple(client, "")).contains(row);
        assertThat(client.query("select 1; select full_name from customers where id = 1"))
                .contains(row);
        assertThat(client.send(bind("", "s"), execute(""), sync()).answers(1)).contains(row);
    }

    private static List<String> simple(RawClient client, String condition) throws Exception {
        return client.query("select full_name from customers where id = 1" + condition);
    }

    @Test
    void settingsOfTheAccountDoNotChangeHowItsSessionsAreRead() throws Exception {
        for (String setting : List.of(
                "standard_conforming_strings = off",
                "backslash_quote = on",
                "debug_pretty_print = on",
                "debug_print_parse = on",
                "client_min_messages = debug5",
                "check_function_bodies = off",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_read_only = on",
                "row_security = off",
                "transform_null_equals = on",
                "plan_cache_mode = force_generic_plan",
                "client_encoding = 'LATIN1'")) {
            target.run("alter role shop_gateway set " + setting);
            try (var client = gateway.signIn("mallory")) {
                String card = target.ask("select card_number from customers where id = 2");
                List<String> answers = client.query("select card_number, 'a\\' as s from customers where id = 2");
                assertThat(answers)
                        .as(setting)
                        .contains("[" + card.substring(0, 6) + "******" + card.substring(12) + ", a\\]", "ready IDLE");
            } finally {
                target.run("alter role shop_gateway reset all");
            }
        }
    }
}
