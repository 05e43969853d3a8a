package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.port.ApprovalDesk.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something is changed directly on the target between the moment at which a statement was understood and the one at which
 * it runs: every change, for every way to send a statement, outside and inside of blocks, while it is held and between an
 * approval and the sending again. What runs was always decided about by what a session finds out that has never seen the
 * statement.
 */
class FreshMeaningsTest {
    private static final List<String> REFUSALS = List.of("ERROR 0A000", "ERROR SD005");

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    /** What is changed behind the gateway's back. */
    private enum Change {
        VIEW_READ(
                "select v from f.seen where id = %d",
                "create view f.seen as select id, a as v from f.t",
                "create or replace view f.seen as select id, b as v from f.t"),
        VIEW_BELOW_A_VIEW(
                "select v from f.above where id = %d",
                "create view f.seen as select id, a as v from f.t; create view f.above as select * from f.seen",
                "create or replace view f.seen as select id, b as v from f.t"),
        INLINED_SQL_FUNCTION(
                "select f.told(%d)",
                "create function f.told(i int) returns text language sql stable as $$ select a from f.t where id = i $$",
                "create or replace function f.told(i int) returns text language sql stable as"
                        + " $$ select b from f.t where id = i $$"),
        SQL_FUNCTION(
                "select f.told(%d)",
                "create function f.told(i int) returns text language sql volatile strict as"
                        + " $$ select a from f.t where id = i $$",
                "create or replace function f.told(i int) returns text language sql volatile strict as"
                        + " $$ select b from f.t where id = i $$"),
        PLPGSQL_FUNCTION(
                "select f.told(%d)",
                "create function f.told(i int) returns text language plpgsql as $$ begin return 'one'; end $$",
                "create or replace function f.told(i int) returns text language plpgsql as"
                        + " $$ begin return 'two'; end $$"),
        FUNCTION_THAT_COMES_BEFORE(
                "select f.told(%d)",
                "create function f.told(i bigint) returns text language sql as $$ select 'big' $$",
                "create function f.told(i int) returns text language sql as $$ select 'int' $$"),
        POLICY_READ(
                "select a from f.t where id = %d",
                "create function f.mine(i int) returns boolean language sql as $$ select true $$",
                "create policy p on f.t using (f.mine(id)); alter table f.t enable row level security"),
        COLUMN_BEHIND_A_STAR(
                "select * from f.t where id = %d", "select", "alter table f.t add column c text default 'c'"),
        CHILD_READ(
                "select a from f.t where id = %d",
                "create table f.child (like f.t)", "alter table f.child inherit f.t"),
        PARTITION_READ(
                "select a from f.parted where id = %d",
                "create table f.parted (id int, a text) partition by range (id);"
                        + " create table f.part (id int, a text)",
                "alter table f.parted attach partition f.part for values from (0) to (100)"),
        DOMAIN_READ(
                "select '%d'::f.checked",
                "create domain f.checked as text; create function f.fine(v text) returns boolean language sql as"
                        + " $$ select true $$",
                "alter domain f.checked add check (f.fine(value))"),
        OPERATOR(
                "select %d operator(f.===) 2",
                "create function f.eq(a int, b int) returns boolean language sql as $$ select true $$;"
                        + " create function f.ne(a int, b int) returns boolean language sql as $$ select false $$;"
                        + " create operator f.=== (leftarg = int, rightarg = int, function = f.eq)",
                "drop operator f.=== (int, int);"
                        + " create operator f.=== (leftarg = int, rightarg = int, function = f.ne)"),
        VIEW_WRITTEN(
                "update f.seen set v = 'x' where id = %d",
                "create view f.seen as select id, a as v from f.t",
                "drop view f.seen; create view f.seen as select id, b as v from f.t; grant all on f.seen to public"),
        FUNCTION_WRITTEN(
                "update f.t set a = f.told(id) where id = %d",
                "create function f.told(i int) returns text language sql as $$ select 'one' $$",
                "create or replace function f.told(i int) returns text language sql as $$ select 'two' $$"),
        DEFAULT(
                "insert into f.t (id) values (%d)",
                "create function f.told() returns text language sql as $$ select 'told' $$",
                "alter table f.t alter column a set default f.told()"),
        TRIGGER(
                "update f.t set a = 'x' where id = %d",
                "create function f.fired() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger fired before update on f.t for each row execute function f.fired()"),
        TRIGGER_REPLACED(
                "update f.t set a = 'x' where id = %d",
                "create function f.fired() returns trigger language plpgsql as $$ begin return new; end $$;"
                        + " create trigger fired before update on f.t for each row execute function f.fired()",
                "create or replace function f.fired() returns trigger language plpgsql as"
                        + " $$ begin new.b = 'y'; return new; end $$"),
        POLICY_WRITTEN(
                "insert into f.t (id) values (%d)",
                "create function f.mine(i int) returns boolean language sql as $$ select true $$",
                "create policy p on f.t using (f.mine(id)); alter table f.t enable row level security"),
        RULE(
                "insert into f.t as FORM (id) values (%d)",
                "create table f.other (id int); grant all on f.other to public",
                "create rule also as on insert to f.t do also insert into f.other values (new.id)"),
        CHECK(
                "insert into f.t (id) values (%d)",
                "create function f.fine(v int) returns boolean language sql as $$ select true $$",
                "alter table f.t add check (f.fine(id))"),
        GENERATED(
                "insert into f.t (id) values (%d)",
                "create function f.made(v int) returns int language sql immutable as $$ select 1 $$",
                "alter table f.t add column g int generated always as (f.made(id)) stored"),
        INDEX(
                "insert into f.t (id) values (%d)",
                "create function f.key(v int) returns int language sql immutable as $$ select 1 $$",
                "create index on f.t (f.key(id))"),
        CASCADE(
                "delete from f.t where id = %d",
                "alter table f.t add primary key (id); create table f.referring (t int)",
                "alter table f.referring add foreign key (t) references f.t on delete cascade"),
        DOMAIN_WRITTEN(
                "insert into f.typed values ('%d')",
                "create domain f.checked as text; create table f.typed (c f.checked);"
                        + " create function f.fine(v text) returns boolean language sql as $$ select true $$",
                "alter domain f.checked add check (f.fine(value))"),
        PARTITION_WRITTEN(
                "insert into f.parted values (%d, 'x')",
                "create table f.parted (id int, a text) partition by range (id);"
                        + " create table f.first partition of f.parted default;"
                        + " create table f.part (id int, a text);"
                        + " create function f.fired() returns trigger language plpgsql as $$ begin return new; end $$;"
                        + " create trigger fired before insert on f.part for each row execute function f.fired()",
                "alter table f.parted attach partition f.part for values from (1000) to (2000)");

        private final String sql;
        private final String before;
        private final String change;

        Change(String sql, String before, String change) {
            this.sql = sql;
            this.before = before;
            this.change = change;
        }

        /** @param form tells statements apart that must not foresee each other */
        String sql(int form, int constant) {
            String with = this == RULE ? "/* no rule follows one */ " : "with form" + form + " as (select 1) ";
            return with + sql.formatted(constant).replace("FORM", "form" + form);
        }

        void prepare() throws Exception {
            target.run(
                    "drop schema if exists f cascade",
                    "create schema f",
                    "create table f.t (id int, a text, b text)",
                    "insert into f.t select i, 'a' || i, 'b' || i from generate_series(1, 20) as i",
                    before,
                    "grant all on schema f to shop_gateway",
                    "grant all on all tables in schema f to shop_gateway");
        }

        void make() throws Exception {
            target.run(change);
        }
    }

    /** How the statement is sent. */
    private enum Kind {
        /** Other constants than before. */
        SIMPLE {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return client.query(change.sql(form(), turn + 1));
            }
        },
        SIMPLE_IN_A_BLOCK {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return client.query(change.sql(form(), turn + 1));
            }
        },
        /** The very same text. */
        AGAIN {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return client.query(change.sql(form(), 1));
            }
        },
        AGAIN_IN_A_BLOCK {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return client.query(change.sql(form(), 1));
            }
        },
        SEVERAL {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return client.query("select 1; " + change.sql(form(), turn + 1));
            }
        },
        UNNAMED {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                client.send(parse("", change.sql(form(), 1)), bind("", ""), execute(""), sync());
                return client.answers(1);
            }
        },
        NAMED {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return named(client, change, turn);
            }
        },
        NAMED_IN_A_BLOCK {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                return named(client, change, turn);
            }
        },
        /** Behind a write in the same pipeline, with something behind it. */
        PIPELINED {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                if (turn == 0) {
                    return named(client, change, turn);
                }
                client.send(
                        parse("", "insert into tally values (1)"),
                        bind("", ""),
                        execute(""),
                        bind("", "s"),
                        execute(""),
                        parse("", "select 1"),
                        bind("", ""),
                        sync());
                return client.answers(1);
            }
        },
        SQL_EXECUTE {
            @Override
            List<String> run(RawClient client, Change change, int turn) throws Exception {
                if (turn == 0) {
                    client.query("prepare s as " + change.sql(form(), 1));
                }
                return client.query("execute s");
            }
        };

        /** @param turn from 0 */
        abstract List<String> run(RawClient client, Change change, int turn) throws Exception;

        List<String> named(RawClient client, Change change, int turn) throws Exception {
            if (turn == 0) {
                client.send(parse("s", change.sql(form(), 1)));
            }
            return client.send(bind("", "s"), execute(""), sync()).answers(1);
        }

        int form() {
            return ordinal();
        }

        boolean inBlock() {
            return name().endsWith("_IN_A_BLOCK");
        }
    }

    @BeforeAll
    static void holdWhatIsTried() throws Exception {
        target.run("create table tally (i int)", "grant all on tally to shop_gateway");
        PolicySnapshot policy = gateway.core.policy;
        var hold = new Guardrail(
                "hold",
                TargetSelector.everyTarget(),
                situation -> situation.session().principal().name().equals("free-agent")
                        && situation.command().text().contains(" form"),
                Guardrail.Effect.APPROVE,
                0,
                "Somebody looks at it.",
                Optional.of(new ApprovalRequirement(
                        List.of(new ApprovalRequirement.Approvers(Set.of("approver"), Set.of(), Set.of())),
                        1,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1))));
        gateway.core.policy = new PolicySnapshot(
                policy.version(),
                policy.targets(),
                policy.roles(),
                List.of(hold),
                policy.constraints().all());
    }

    /** In a block the server itself goes on with what it knew; what a foreseen read reads may get parts unseen for seconds. */
    private static boolean excepted(Change change, Kind kind) {
        return switch (change) {
            case FUNCTION_THAT_COMES_BEFORE -> kind.inBlock();
            case CHILD_READ, PARTITION_READ -> kind == Kind.SIMPLE;
            default -> false;
        };
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsIsWhatAFreshSessionWouldJudge(Change change) throws Exception {
        change.prepare();
        var clients = new EnumMap<Kind, RawClient>(Kind.class);
        try {
            for (Kind kind : Kind.values()) {
                if (!excepted(change, kind)) {
                    RawClient client = gateway.signIn("frank");
                    clients.put(kind, client);
                    assertThat(kind.run(client, change, 0)).as("%s", kind).noneMatch(FreshMeaningsTest::failed);
                    assertThat(kind.run(client, change, 1)).as("%s", kind).noneMatch(FreshMeaningsTest::failed);
                    if (kind.inBlock()) {
                        client.query("begin");
                    }
                }
            }
            SqlAnalysis before = decided();
            change.make();
            SqlAnalysis fresh = fresh(change);
            assertThat(meaning(fresh)).as("the change means something").isNotEqualTo(meaning(before));
            for (var each : clients.entrySet()) {
                ranAs(fresh, each.getKey(), each.getValue(), change);
            }
        } finally {
            for (RawClient client : clients.values()) {
                client.close();
            }
        }
    }

    private static void ranAs(SqlAnalysis fresh, Kind kind, RawClient client, Change change) throws Exception {
        target.run("truncate tally");
        List<String> answers = kind.run(client, change, 2);
        boolean refused = answers.stream().anyMatch(REFUSALS::contains);
        if (!refused) {
            assertThat(answers).as("%s", kind).noneMatch(FreshMeaningsTest::failed);
            assertThat(meaning(decided())).as("%s", kind).isEqualTo(meaning(fresh));
        }
        if (kind == Kind.PIPELINED) {
            assertThat(target.ask("select count(*) from tally"))
                    .as("with the error all of the pipeline is undone, and without one nothing")
                    .isEqualTo(refused ? "0" : "1");
        } else if (!kind.inBlock() && !answers.contains("ERROR 0A000")) {
            assertThat(refused).as("%s is judged anew, not refused", kind).isFalse();
        }
        if (kind.inBlock()) {
            client.query("rollback");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasApprovedRunsInNoOtherMeaning(Change change) throws Exception {
        change.prepare();
        try (var simple = gateway.signIn("free-agent");
                var named = gateway.signIn("free-agent");
                var deferring = RawClient.deferring(gateway.port(), "free-agent", TestCore.PASSWORD)) {
            simple.send(query(change.sql(0, 1)));
            assertThat(RawClient.told(simple.receive())).isEqualTo("notice SD001");
            named.send(parse("s", change.sql(1, 1)), bind("", "s"), execute(""), sync());
            for (String told : List.of("ParseComplete", "BindComplete", "notice SD001")) {
                assertThat(RawClient.told(named.receive())).isEqualTo(told);
            }
            assertThat(deferring.query(change.sql(2, 1))).containsExactly("ERROR SD001", "ready IDLE");
            change.make();
            gateway.core.settleAll(State.APPROVED);
            assertThat(simple.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
            assertThat(named.answers(1)).containsExactly("ERROR SD003", "ready IDLE");
            int requests = gateway.core.approvals.size();
            assertThat(deferring.query(change.sql(2, 1))).containsExactly("ERROR SD001", "ready IDLE");
            assertThat(gateway.core.approvals).as("it is another request").hasSize(requests + 1);
        }
    }

    private static boolean failed(String answer) {
        return answer.startsWith("ERROR");
    }

    private static SqlAnalysis fresh(Change change) throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("begin");
            client.send(parse("", change.sql(99, 1)), bind("", ""), execute(""), sync());
            assertThat(client.answers(1)).noneMatch(FreshMeaningsTest::failed);
            return decided();
        }
    }

    private static SqlAnalysis decided() {
        var command = (SqlCommand) requireNonNull(gateway.core.decided);
        return command.pieces().isEmpty()
                ? command.analysis()
                : command.pieces().getLast().analysis();
    }

    /** All but the digest, which is one of the text's constants too. */
    private static SqlAnalysis meaning(SqlAnalysis analysis) {
        return analysis.withTreeDigest("");
    }
}
