package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Messages.sync;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements sent together before a Sync, of which later ones need what earlier ones did: answered as by the server. */
class DependentPipelinesTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @BeforeAll
    static void start() throws SQLException {
        target.run("grant create on schema public to shop_gateway");
    }

    /**
     * Parts between bars are messages, see {@link #messages}; all of them are sent at once, with a Sync at the end. What
     * stayed is asked afterwards.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temp table s (i int) | insert into s values (1), (2) | select * from s",
                "create table made (i int) | insert into made values (1) | select * from made",
                "create table made (i int) | insert into made select * from kept | select count(*) from made | drop table made",
                "create temp table s (i int) | insert into s values (1) returning i | update s set i = i + 1 | table s",
                "create temp table s (i int) | select * from s | SYNC | insert into s values (3) | select * from s",
                "create table made (i int) | insert into made values (1) | select 1 / count(*) from nobody | select * from made",
                "create table made (i int) | select nothing from made | select 1",
                "select 1 / count(*) from nobody | create table made (i int) | select * from made",
                "create table made (i int) | insert into made values (1) | select * from made where i / 0 = 1",
                "create table made (i int) | select * from made | selec 1",
                "insert into kept values (1) | select * from nothing_here",
                "select * from nothing_here | select 1",
                "insert into kept values (1) | select 1 / count(*) from nobody | insert into kept values (2) | SYNC | insert into kept values (3)",
                "begin | create table made (i int) | insert into made values (1) | select * from made | commit",
                "begin | create table made (i int) | insert into made values (1) | rollback | select * from made",
                "begin | create table made (i int) | rollback | select 1 | select 2",
                "begin | insert into kept values (1) | rollback | select * from kept",
                "begin | insert into kept values (1) | commit | create table made (i int) | select * from made",
                "begin | insert into kept values (1) | commit | select * from nothing_here",
                "begin | create temp table s (i int) | SYNC | select * from s | commit | SYNC | select * from s",
                "insert into kept values (1) | begin | create table made (i int) | select * from made | rollback",
                "create table made (i int) | select * from made | begin | insert into made values (1) | SYNC | rollback",
                "create table made (i int) | select * from made | commit | insert into made values (1) | select 1 / count(*) from nobody",
                "create table made (i int) | select * from made | rollback | insert into kept values (1)",
                "create table made (i int) | select * from made | savepoint a | select 1",
                "create table made (i int) | select * from made | begin isolation level serializable | select 1 | commit",
                "create table made (i int) | select * from made | rollback and chain | select 1",
                "begin | savepoint a | create table made (i int) | select * from made | rollback to a | select 1 | commit",
                "begin | savepoint a | create table made (i int) | rollback to a | select * from made | SYNC | rollback",
                "begin | savepoint a | create table made (i int) | release a | select * from made | commit",
                "begin | select 1 / count(*) from nobody | SYNC | rollback | select 1",
                "begin | select 1 / count(*) from nobody | SYNC | rollback | create table made (i int) | select * from made",
                "begin | savepoint a | select 1 / count(*) from nobody | SYNC | rollback to a | select 1 | commit",
                "set search_path = other | select * from things | insert into things values (2) | select * from things",
                "set search_path = other | select * from twins | SYNC | select * from twins",
                "set search_path = other | select * from things | select 1 / count(*) from nobody | SYNC | show search_path",
                "begin | set local search_path = other | select * from twins | commit | select * from twins",
                "PARSE a select count(*) from twins | set search_path = other | BIND x a | EXECUTE x",
                "alter table kept add column t text default 'x' | select * from kept",
                "alter table kept add column t text | insert into kept values (5, 'y') returning *",
                "PARSE a insert into kept values (7) returning i | BIND x a | EXECUTE x | alter table kept add column t text"
                        + " | BIND y a | EXECUTE y | table kept",
                "PARSE a select i from kept | alter table kept alter i type bigint | SYNC | select i from kept",
                "create function twice(i int) returns int language sql as $$ select i * 2; $$ | select twice(2)",
                "create view seen as select i from kept | select * from seen | drop view seen | select * from seen",
                "create temp table kept (i int, t text) | insert into kept values (9, 'temporary') | select * from kept",
                "create temp table s (i int) | drop table s | select * from s",
                "create temp table s (i int) on commit drop | insert into s values (1) | select * from s | SYNC | table s",
                "create table made (i int) | PARSE a select i from made where i = $1 | DESCRIBE a | BIND x a 4 | EXECUTE x",
                "create table made (i int) | FLUSH | insert into made values (1) | FLUSH | select * from made",
                "insert into kept values (1) | FLUSH | select * from kept | FLUSH | select 1 / count(*) from nobody",
                "insert into kept values (1) | FLUSH | begin | insert into kept values (2) | FLUSH | rollback | table kept",
                "begin | FLUSH | create table made (i int) | FLUSH | select * from made | FLUSH | commit",
                "insert into kept values (1) | FLUSH | select * from nothing_here | FLUSH | select 1",
                "PARSE a insert into kept values (1) | FLUSH | BIND x a | EXECUTE x | FLUSH | table kept",
                "insert into late values (1) | FLUSH | select * from late",
                "create table made (i int) | insert into late values (1) | select * from made",
                "create table made (i int) | insert into late values (1) | select * from made | commit | select 1",
                "create table made (i int) | select * from made | SYNC | insert into made values (1) | table made",
                "create table made (i int) | insert into made select generate_series(1, 3) | PARSE a select i from made"
                        + " | BIND x a | EXECUTE x 2 | EXECUTE x | SYNC | EXECUTE x",
                "begin | create table made as_no (i int) | select 1",
                "create table made (i int) | BIND x a | EXECUTE x",
                "create table made (i int) | PARSE a select i from made | CLOSE a | BIND x a",
                "begin | PARSE a select 1 | BIND x a | commit | EXECUTE x",
                "begin | PARSE a select 1 | BIND x a | rollback | create table made (i int) | table made | EXECUTE x",
                "create schema fresh | create table fresh.made (i int) | insert into fresh.made values (1)"
                        + " | select * from fresh.made | drop schema fresh cascade",
                "create table made (i int primary key) | insert into made values (1) | insert into made values (1)",
                "create table made (i int) | truncate made | insert into made values (1) | delete from made returning i",
                "create table made (i int) | select * from made | vacuum made",
                "create type mood as enum ('low', 'high') | select 'low'::mood::text | drop type mood",
                "discard temp | create temp table s (i int) | select * from s",
                "create table made (i int) | explain (costs off) select * from made",
                "create table made (i int) | prepare p as select * from made | execute p",
                "create table made (i int) | select * from made | do $$ begin raise exception 'no'; end $$",
                "prepare p as select 1 as one | execute p | deallocate p",
                "begin | declare c cursor for select i from other.things | fetch c | close c | fetch c",
                "begin | PARSE a select i from kept | BIND x a | EXECUTE x | drop table kept | select * from kept",
                "do $$ begin raise notice 'said'; end $$ | create table made (i int) | select 1",
                "set timezone = 'UTC' | set datestyle = 'ISO, DMY' | select '1/2/2026'::date",
                "set client_min_messages = error | create table made (i int) | select * from made",
            })
    void answersAsTheServerDoes(String pipeline) throws Exception {
        var messages = new ArrayList<FrontendMessage>();
        for (String part : pipeline.split(" \\| ")) {
            messages.addAll(messages(part));
        }
        messages.add(sync());
        long ready =
                messages.stream().filter(message -> message instanceof Sync).count();
        both.preparedBy(
                        "drop table if exists late, parent, nobody, kept, made, twins cascade",
                        "drop schema if exists other, fresh cascade",
                        "drop function if exists twice",
                        "drop type if exists mood",
                        "create table kept (i int)",
                        "create table twins (here int)",
                        "create table nobody (i int)",
                        "create table parent (i int primary key)",
                        "create table late (i int references parent deferrable initially deferred)",
                        "create schema other create table things (i int) create table twins (there text)",
                        "insert into other.things values (1)",
                        "insert into other.twins values ('x')",
                        "grant create on database shop to shop_gateway",
                        "grant usage on schema other to shop_gateway",
                        "grant all on nobody, parent, late, twins, other.things, other.twins to shop_gateway",
                        "alter table kept owner to shop_gateway")
                .leaving(
                        "select coalesce(string_agg(i::text, ',' order by i), 'nothing') from kept",
                        "select coalesce(to_regclass('made')::text, 'nothing made')")
                .same(client -> {
                    client.send(messages.toArray(FrontendMessage[]::new));
                    var all = new ArrayList<>(client.answers((int) ready));
                    all.addAll(Comparison.answers(client, List.of("select 'and then'", "show search_path")));
                    return all;
                });
    }

    /** A statement alone is parsed, bound, described and executed without a name. */
    private static List<FrontendMessage> messages(String part) {
        String[] words = part.split(" ", 3);
        return switch (words[0]) {
            case "SYNC" -> List.of(sync());
            case "FLUSH" -> List.of(new Flush());
            case "PARSE" -> List.of(new Parse(words[1], words[2], List.of()));
            case "DESCRIBE" -> List.of(new Describe(Subject.STATEMENT, words[1]));
            case "CLOSE" -> List.of(new Close(Subject.STATEMENT, words[1]));
            case "BIND" -> {
                String[] names = words[2].split(" ");
                List<byte[]> values = names.length > 1 ? List.of(names[1].getBytes(StandardCharsets.UTF_8)) : List.of();
                yield List.of(new Bind(words[1], names[0], List.of(), values, List.of()));
            }
            case "EXECUTE" -> List.of(new Execute(words[1], words.length > 2 ? Integer.parseInt(words[2]) : 0));
            default ->
                List.of(
                        new Parse("", part, List.of()),
                        new Bind("", "", List.of(), List.of(), List.of()),
                        new Describe(Subject.PORTAL, ""),
                        new Execute("", 0));
        };
    }

    @Test
    void whatWouldBeHeldOnlyInItsTurnIsRefused() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            client.query("set search_path = pg_catalog");
            List<FrontendMessage> messages = new ArrayList<>(messages("set search_path = public"));
            messages.addAll(messages("update orders set note = 'in turn' where id = 34"));
            messages.add(sync());
            assertThat(client.send(messages.toArray(FrontendMessage[]::new)).answers(1))
                    .containsSubsequence("SET", "ERROR SD001", "ready IDLE");
            assertThat(client.query("show search_path")).contains("[pg_catalog]");
        }
        assertThat(gateway.core.approvals).isEmpty();
        assertThat(target.ask("select count(*) from orders where note = 'in turn'"))
                .isEqualTo("0");
    }

    @Test
    void whatIsUnderstoodBeforeAndInItsTurnAlikeCanBeHeld() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            List<FrontendMessage> messages = new ArrayList<>(messages("set search_path = public"));
            messages.addAll(messages("update orders set note = 'the same' where id = 35"));
            messages.addAll(messages("select note from orders where id = 35"));
            messages.add(sync());
            client.send(messages.toArray(FrontendMessage[]::new));
            await().until(() -> !gateway.core.approvals.isEmpty());
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsSubsequence("SET", "UPDATE 1", "[the same]", "ready IDLE");
        }
        assertThat(target.ask("select note from orders where id = 35")).isEqualTo("the same");
    }

    @Test
    void whatWasJudgedInItsTurnIsJudgedAgainBehindTheSync() throws Exception {
        gateway.core.approvals.clear();
        try (var client = gateway.signIn("orders-agent")) {
            client.query("set search_path = pg_catalog");
            List<FrontendMessage> messages = new ArrayList<>(messages("set search_path = public"));
            messages.addAll(messages("PARSE a update orders set note = 'behind' where id = 36"));
            messages.add(sync());
            messages.addAll(messages("BIND x a"));
            messages.addAll(messages("EXECUTE x"));
            messages.add(sync());
            client.send(messages.toArray(FrontendMessage[]::new));
            await().until(() -> !gateway.core.approvals.isEmpty());
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(2)).contains("ERROR SD002").doesNotContain("UPDATE 1");
        }
        assertThat(target.ask("select count(*) from orders where note = 'behind'"))
                .isEqualTo("0");
    }

    @Test
    void masksWhatIsUnderstoodOnlyInItsTurn() throws Exception {
        String card = target.ask("select card_number from public.payments where id = 1");
        try (var client = gateway.signIn("mallory")) {
            client.query("set search_path = pg_catalog");
            List<FrontendMessage> messages = new ArrayList<>(messages("set search_path = public"));
            messages.addAll(messages("select id, card_number from payments where id = 1"));
            messages.add(sync());
            assertThat(client.send(messages.toArray(FrontendMessage[]::new))
                            .answers(1)
                            .toString())
                    .contains("[1, ", "******")
                    .doesNotContain(card);
        }
    }

    @Test
    void aStatementThatIsDeniedOnlyInItsTurnUndoesWhatRanBefore() throws Exception {
        target.run("create schema if not exists hidden", "grant usage on schema hidden to shop_gateway");
        target.run("create table if not exists hidden.secrets (s text)", "grant all on hidden.secrets to shop_gateway");
        try (var client = gateway.signIn("support-agent")) {
            List<FrontendMessage> messages = new ArrayList<>(messages("set search_path = hidden"));
            messages.addAll(messages("select * from secrets"));
            messages.addAll(messages("select 1"));
            messages.add(sync());
            assertThat(client.send(messages.toArray(FrontendMessage[]::new)).answers(1))
                    .contains("SET", "ERROR 42501")
                    .doesNotContain("[1]")
                    .last()
                    .isEqualTo("ready IDLE");
            assertThat(client.query("show search_path")).contains("[\"$user\", public]");
        }
    }
}
