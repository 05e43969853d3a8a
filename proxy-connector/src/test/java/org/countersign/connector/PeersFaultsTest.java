package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.packet;
import static org.countersign.connector.Bytes.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.DataRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that hit other gateways, poolers and drivers, each tried on this one. */
class PeersFaultsTest {
    private static final byte[] SSL = packet(80877103);
    private static final byte[] PASSWORD = message('p', text(TestCore.PASSWORD));

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @AfterEach
    void nobodyIsLeft() {
        await().until(() -> gateway.sessions() == 0);
    }

    /** PgBouncer CVE-2021-3935, PostgreSQL CVE-2021-23214: plaintext behind the SSLRequest passed for encrypted. */
    @Test
    void takesNothingThatIsGluedBehindAnSslRequest() throws Exception {
        Heard heard = hear(join(SSL, Bytes.startup("user", "frank", "database", "shop"), PASSWORD));
        assertThat(heard.messages()).allMatch(ErrorResponse.class::isInstance);
        assertThat(heard.closed()).isTrue();
    }

    /** PgBouncer CVE-2025-12819: a search_path of the start-up packet reached the gateway's own queries. */
    @Test
    void asksItsOwnQuestionsUnderNoSearchPathOfTheClient() throws Exception {
        target.run(
                "create schema evil",
                "create table evil.traces (i int)",
                "create function evil.current_setting(text) returns text language sql as "
                        + "$$ insert into evil.traces values (1) returning 'on' $$",
                "create function evil.has_parameter_privilege(text, text) returns boolean language sql as "
                        + "$$ insert into evil.traces values (2) returning true $$",
                "grant all on schema evil to shop_gateway",
                "grant all on evil.traces to shop_gateway");
        for (String path : List.of("evil, pg_catalog", "evil")) {
            Heard heard = hear(Bytes.startup("user", "frank", "database", "shop", "search_path", path), PASSWORD);
            assertThat(heard.ready() + heard.errors().size()).isPositive();
            heard = hear(
                    Bytes.startup("user", "frank", "database", "shop", "options", "-c search_path=evil"), PASSWORD);
            assertThat(heard.ready() + heard.errors().size()).isPositive();
        }
        try (var client = gateway.signIn("frank")) {
            client.query("set search_path = evil, pg_catalog");
            assertThat(client.query("select id from public.payments where id = 1"))
                    .contains("[1]");
        }
        assertThat(target.ask("select count(*) from evil.traces")).isEqualTo("0");
    }

    /** PgBouncer CVE-2025-2291: a password worked after its VALID UNTIL. */
    @Test
    void endsASessionWhoseTimeIsOverWhenItBegins() throws Exception {
        gateway.core.lifetime = Duration.ofSeconds(-1);
        try (var client = new ListeningClient(gateway.port())) {
            client.send(join(Bytes.startup("user", "frank", "database", "shop"), PASSWORD));
            client.hearOut();
            assertThat(client.heard().errors())
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.diagnostic().sqlState()).isEqualTo("57P01"));
            assertThat(client.heard().count(DataRow.class)).isZero();
        } finally {
            gateway.core.lifetime = Duration.ofMinutes(5);
        }
    }

    /** PgBouncer CVE-2026-107350: a second StartupMessage during SCRAM changed who was signing in. */
    @Test
    void fixesWhoSignsInWithTheFirstStartup() throws Exception {
        byte[] first = join(text("SCRAM-SHA-256"), int32(13), utf8("n,,n=,r=abcde"));
        byte[] again = Bytes.startup("user", "frank", "database", "shop");
        Heard heard =
                hear(Bytes.startup("user", "mallory#1", "database", "shop"), message('p', first), again, PASSWORD);
        assertThat(heard.count(Authentication.Ok.class)).isZero();
        assertThat(heard.closed()).isTrue();
    }

    /** PgBouncer CVE-2026-107349: a start-up option with an empty name spun a processor for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"-c=", "-c", "-c =", "-c =x", "--=", "--", "-", "\\", "-c a=\\", "-c  ", "-c\t=\\ "})
    void readsOptionsThatAreNoneToTheirEnd(String options) throws Exception {
        Heard heard = hear(Bytes.startup("user", "frank", "database", "shop", "options", options), PASSWORD);
        assertThat(heard.ready() + heard.errors().size()).isPositive();
        assertThat(heard.stalled()).isFalse();
    }

    /** PgBouncer CVE-2026-6664 and its kin: malformed SCRAM crashed the process. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "n",
                "n,",
                "n,,",
                "n,,n=,",
                "n,,n=,r=",
                "y,,n=,r=\u0000",
                "p=tls-unique,,n=,r=abc",
                "n,a=frank,n=,r=abc",
                "n,,m=x,n=,r=abc",
                "n,,r=abc,n=",
                "n,,n==,r=abc",
                "\u00ff\u00ff\u00ff"
            })
    void refusesScramThatIsNone(String first) throws Exception {
        byte[] bytes = first.getBytes(StandardCharsets.ISO_8859_1);
        byte[] startup = Bytes.startup("user", "frank#1", "database", "shop");
        for (int length : new int[] {bytes.length, -1, 0, bytes.length + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Heard heard = hear(
                    startup,
                    message('p', text("SCRAM-SHA-256"), int32(length), bytes),
                    message('p', utf8("c=biws,r=x,p=AAAA")));
            assertThat(heard.count(Authentication.Ok.class)).isZero();
            assertThat(heard.closed()).isTrue();
        }
    }

    /** Warpgate GHSA-vgvv-x7xg-6cqg: a declared length was allocated before anybody had signed in. */
    @ParameterizedTest
    @ValueSource(ints = {10_001, 65_536, 1 << 30, Integer.MAX_VALUE, -1, 7, 0})
    void keepsNothingOfALengthBeyondTheLimitBeforeTheSignIn(int declared) throws Exception {
        assertThat(hear(int32(declared), int32(196_608), text("user")).closed()).isTrue();
        Heard heard = hear(
                Bytes.startup("user", "frank", "database", "shop"),
                message('p', declared == 10_001 || declared == 7 ? 65_536 : declared, text("token")));
        assertThat(heard.closed()).isTrue();
        assertThat(heard.count(Authentication.Ok.class)).isZero();
    }

    /** pgx CVE-2024-27304, Npgsql GHSA-x9vc-6hfv-hg8c: a length that wrapped made one message into several. */
    @Test
    void sendsOneMessageOnAsOne() throws Exception {
        byte[] smuggled = message('Q', text("create table smuggled (i int)"));
        byte[] value = join(new byte[(1 << 16) + 7], message('S'), smuggled);
        java.util.Arrays.fill(value, 0, (1 << 16) + 7, (byte) 'x');
        Heard heard = hear(
                Bytes.startup("user", "frank", "database", "shop"),
                PASSWORD,
                null,
                message('P', text(""), text("select length($1::bytea)"), int16(0)),
                message('B', text(""), text(""), int16(1), int16(1), int16(1), int32(value.length), value, int16(0)),
                message('E', text(""), int32(0)),
                message('S'));
        assertThat(heard.ready()).isEqualTo(2);
        assertThat(RawClient.told(heard.messages())).contains("[" + value.length + "]");
        assertThat(target.ask("select to_regclass('smuggled')")).isEqualTo("null");
    }

    /** pgx CVE-2024-27289: a minus in front of a placeholder opened a comment once a negative value stood there. */
    @Test
    void neverWritesAValueIntoAStatement() throws Exception {
        Heard heard = hear(
                Bytes.startup("user", "frank", "database", "shop"),
                PASSWORD,
                null,
                message('P', text(""), text("select 1-$1::int, $2::text"), int16(0)),
                message(
                        'B',
                        text(""),
                        text(""),
                        int16(0),
                        int16(2),
                        int32(2),
                        utf8("-1"),
                        int32(19),
                        utf8("\n; drop table orders"),
                        int16(0)),
                message('E', text(""), int32(0)),
                message('S'));
        assertThat(heard.ready() + heard.errors().size()).isGreaterThanOrEqualTo(2);
        assertThat(target.ask("select to_regclass('orders')")).isEqualTo("orders");
    }

    /** Teleport CVE-2021-41395: a crafted database or user name took the connection string over. */
    @Test
    void readsNamesAsNames() throws Exception {
        for (String database : List.of("shop host=/tmp", "shop?host=127.0.0.1", "shop\n", "'shop'", "shop;x", "SHOP")) {
            Heard heard = hear(Bytes.startup("user", "frank", "database", database), PASSWORD);
            assertThat(heard.count(Authentication.Ok.class)).as(database).isZero();
            assertThat(heard.errors()).isNotEmpty();
        }
        for (String user : List.of("frank' host='x", "frank database=postgres", "x user=frank", "postgres")) {
            try (var client = gateway.signIn(user)) {
                assertThat(client.query("select id from payments")).containsExactly("ERROR 42501", "ready IDLE");
            }
        }
    }

    /** Teleport 6.2.22: a command that signs another user in inside the session passed by unseen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "set role postgres",
                "set local role postgres",
                "SET U&\"\\0072ole\" = postgres",
                "set session authorization postgres",
                "reset session authorization",
                "select set_config('role', 'postgres', false)",
                "select set_config('ro' || 'le', 'postgres', false)",
                "set session_authorization = postgres",
                "alter role shop_gateway superuser"
            })
    void nobodyBecomesAnotherInsideASession(String sql) throws Exception {
        try (var client = gateway.signIn("mallory")) {
            assertThat(client.query(sql).getFirst()).startsWith("ERROR ");
        }
        assertThat(target.ask("select rolsuper from pg_roles where rolname = 'shop_gateway'"))
                .isEqualTo("f");
        Heard heard = hear(Bytes.startup("user", "mallory", "database", "shop", "role", "postgres"), PASSWORD);
        assertThat(heard.count(Authentication.Ok.class)).isZero();
    }

    /** Teleport (CockroachDB): the case of a user name was ignored where its roles were looked up. */
    @Test
    void takesNamesOfAnotherCaseForOthers() throws Exception {
        for (String user : List.of("Frank", "FRANK", "frank ", " frank")) {
            try (var client = gateway.signIn(user)) {
                assertThat(client.query("select id from payments")).containsExactly("ERROR 42501", "ready IDLE");
            }
        }
    }

    /** Warpgate GHSA-3cjp-w4cp-m9c8: an offer to sign in counted as a sign-in. */
    @Test
    void takesAnOfferForNoProof() throws Exception {
        byte[] offer = message('p', text("SCRAM-SHA-256"), int32(13), utf8("n,,n=,r=abcde"));
        Heard heard = hear(Bytes.startup("user", "frank#1", "database", "shop"), offer, message('Q', text("select 1")));
        assertThat(heard.count(Authentication.Ok.class)).isZero();
        assertThat(heard.count(DataRow.class)).isZero();
        assertThat(heard.closed()).isTrue();
    }

    /** ShardingSphere CVE-2022-45347: after a failed sign-in commands ran all the same. */
    @Test
    void runsNothingBehindAFailedSignIn() throws Exception {
        Heard heard = hear(
                Bytes.startup("user", "frank", "database", "shop"),
                message('p', text("wrong")),
                message('Q', text("create table afterwards (i int)")),
                PASSWORD,
                message('Q', text("create table afterwards (i int)")));
        assertThat(heard.count(Authentication.Ok.class)).isZero();
        assertThat(heard.closed()).isTrue();
        assertThat(target.ask("select to_regclass('afterwards')")).isEqualTo("null");
    }

    /** Sends everything at once, but waits for ReadyForQuery where nothing stands, and listens to the end. */
    private static Heard hear(byte[]... frames) throws IOException {
        try (var client = new ListeningClient(gateway.port())) {
            boolean waited = false;
            for (byte[] frame : frames) {
                if (frame == null) {
                    assertThat(client.hearReady()).isTrue();
                    waited = true;
                } else {
                    client.send(frame);
                }
            }
            if (waited || frames.length == 2) {
                client.hearReady();
            }
            client.finish();
            client.hearOut();
            return client.heard();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
