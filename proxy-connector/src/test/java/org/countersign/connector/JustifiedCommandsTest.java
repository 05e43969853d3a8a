package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Messages.bind;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countersign.connector.TestCore.Pending;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalTerms;
import org.countersign.model.policy.ExecutionTimes;
import org.countersign.model.policy.Guardrail;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.StartupPacket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** Where a rule wants to know why, clients of every kind can say it, and those that do not are told how. */
class JustifiedCommandsTest {
    private static final String UPDATE = "update orders set note = 'why' where id = 31";
    private static final String WITH_VALUE = "update orders set note = $1 where id = 31";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @BeforeAll
    static void wantReasons() {
        PolicySnapshot demo = gateway.core.policy;
        gateway.core.policy = new PolicySnapshot(
                8,
                demo.targets(),
                demo.roles(),
                demo.guardrails().stream().map(JustifiedCommandsTest::explained).toList(),
                List.of());
    }

    private static Guardrail explained(Guardrail rule) {
        ApprovalRequirement before = rule.requirement().orElseThrow();
        return new Guardrail(
                rule.name(),
                rule.targets(),
                rule.condition(),
                rule.effect(),
                rule.priority(),
                rule.message(),
                Optional.of(new ApprovalRequirement(
                        before.steps(),
                        before.expiresAfter(),
                        before.executeWithin(),
                        new ApprovalTerms(true, false, ExecutionTimes.ALWAYS, Optional.empty()))));
    }

    @BeforeEach
    void forget() {
        gateway.core.approvals.clear();
    }

    @Test
    void aCommentBeforeBehindOrInsideAQuerySaysWhy() throws Exception {
        for (String sql : List.of(
                "/* reason: late order */ " + UPDATE,
                UPDATE + " /* reason: late order */",
                UPDATE + "; /* reason: late order */",
                "-- reason: late order\n" + UPDATE,
                "update /* reason: late order */ orders set note = 'inside' where id = 31",
                "/* app */ /* reason: late order */ /* reason: a second one */ " + UPDATE)) {
            try (var client = gateway.signIn("orders-agent")) {
                client.send(query(sql));
                assertThat(RawClient.told(client.receive())).as(sql).isEqualTo("notice SD001");
                assertThat(last().held.command().reason()).as(sql).contains("late order");
                assertThat(last().held.command().text()).doesNotStartWith("/*").doesNotStartWith("--");
                gateway.core.settleAll(State.REJECTED);
                assertThat(client.answers(1)).contains("ERROR SD002");
            }
        }
    }

    @Test
    void whatGivesNoReasonIsRefusedWithHowToGiveOne() throws Exception {
        for (String sql : List.of(
                UPDATE,
                "/* reason: */ " + UPDATE,
                "/* because it is late */ " + UPDATE,
                "update orders set note = '/* reason: late */' where id = 31",
                "/* reason: of nothing */; " + UPDATE)) {
            try (var client = gateway.signIn("orders-agent")) {
                assertThat(client.query(sql)).as(sql).contains("ERROR 42501");
            }
        }
        assertThat(gateway.core.approvals).isEmpty();
    }

    @Test
    void eachOfSeveralStatementsSaysItsOwn() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(query("/* reason: first */ " + UPDATE + "; select 1; -- reason: second\n" + UPDATE + ";"));
            assertThat(RawClient.told(client.receive())).isEqualTo("notice SD001");
            assertThat(last().held.command().reason()).contains("first; second");
            assertThat(last().held.command().parts())
                    .extracting(part -> part.reason().orElse(""))
                    .containsExactly("first", "", "second");
            gateway.core.settleAll(State.REJECTED);
            assertThat(client.answers(1)).contains("ERROR SD002");
            assertThat(client.query("/* reason: first */ " + UPDATE + "; " + UPDATE))
                    .contains("ERROR 42501");
        }
        assertThat(gateway.core.approvals).hasSize(1);
    }

    @Test
    void aPreparedStatementSaysItEachTimeItRuns() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(parse("s", "/* reason: prepared */ " + WITH_VALUE), sync());
            assertThat(client.answers(1)).contains("ready IDLE");
            for (String value : List.of("one", "two")) {
                client.send(bind("", "s", value), execute(), sync());
                approve("prepared");
                assertThat(client.answers(1)).contains("UPDATE 1", "ready IDLE");
            }
            // the same text is still prepared, and says something else now
            client.send(parse("t", WITH_VALUE + " /* reason: another */"), bind("", "t", "three"), execute(), sync());
            approve("another");
            assertThat(client.answers(1)).contains("UPDATE 1", "ready IDLE");
            assertThat(client.send(parse("u", WITH_VALUE), bind("", "u", "four"), execute(), sync())
                            .answers(1))
                    .contains("ERROR 42501");
        }
        assertThat(target.ask("select note from orders where id = 31")).isEqualTo("three");
    }

    @Test
    void executesOfOneBatchSayEachTheirOwn() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            client.send(Stream.of(
                            Stream.of(parse("a", "/* reason: one */ " + WITH_VALUE), bind("", "a", "a"), execute()),
                            Stream.of(parse("b", "/* reason: two */ " + WITH_VALUE), bind("", "b", "b"), execute()),
                            Stream.of(sync()))
                    .flatMap(messages -> messages)
                    .toArray(FrontendMessage[]::new));
            await().until(() -> !gateway.core.approvals.isEmpty());
            assertThat(last().held.command().parts())
                    .extracting(part -> part.reason().orElse(""))
                    .containsExactly("one", "two");
            gateway.core.settleAll(State.APPROVED);
            assertThat(client.answers(1)).containsSubsequence("UPDATE 1", "UPDATE 1", "ready IDLE");
        }
    }

    @Test
    void anExecuteByNameSaysItOrItsPrepareDid() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            assertThat(client.query("prepare p as " + UPDATE + " /* reason: the prepare's */"))
                    .contains("PREPARE");
            client.send(query("execute p"));
            approve("the prepare's");
            assertThat(client.answers(1)).contains("UPDATE 1");
            client.send(query("/* reason: the execute's */ execute p"));
            approve("the execute's");
            assertThat(client.answers(1)).contains("UPDATE 1");
        }
    }

    @Test
    void aSessionSaysItForAllThatFollows() throws Exception {
        try (var client = gateway.signIn("orders-agent")) {
            assertThat(client.query("set countersign.reason = 'Bob''s order'")).contains("SET", "ready IDLE");
            client.send(query(UPDATE));
            approve("Bob's order");
            assertThat(client.answers(1)).contains("UPDATE 1");
            client.send(query("/* reason: mine */ " + UPDATE));
            approve("mine");
            assertThat(client.answers(1)).contains("UPDATE 1");
            for (String ends : List.of(
                    "reset countersign.reason", "set countersign.reason to default", "reset all", "discard all")) {
                assertThat(client.query("set countersign.reason to 'again'")).contains("SET");
                assertThat(client.query(ends)).as(ends).doesNotContain("ERROR 42501");
                assertThat(client.query(UPDATE)).as(ends).contains("ERROR 42501");
            }
            for (String wrong : List.of(
                    "set countersign.reason = ''",
                    "set countersign.reason = '" + "x".repeat(2_001) + "'",
                    "set local countersign.reason = 'x'",
                    "set countersign.reason = x",
                    "set countersign.reason = 'x', 'y'",
                    "set countersign.other = 'x'")) {
                assertThat(client.query(wrong)).as(wrong).anyMatch(told -> told.startsWith("ERROR"));
            }
            assertThat(client.query(UPDATE)).contains("ERROR 42501");
        }
    }

    @Test
    void aConnectionSaysItForAllItSends() throws Exception {
        var client = new RawClient(gateway.port());
        client.send(new StartupPacket.Startup(
                3,
                0,
                new LinkedHashMap<>(Map.of(
                        "user",
                        "orders-agent",
                        "database",
                        "shop",
                        "options",
                        "-c countersign.reason=TICKET-1\\ late"))));
        client.prove(TestCore.PASSWORD);
        try (client) {
            client.send(query(UPDATE));
            approve("TICKET-1 late");
            assertThat(client.answers(1)).contains("UPDATE 1");
            client.query("set countersign.reason = 'other'");
            client.query("reset countersign.reason");
            client.send(query(UPDATE + "; " + UPDATE));
            approve("TICKET-1 late");
            assertThat(client.answers(1)).contains("UPDATE 1");
        }
    }

    @Test
    void jdbcSaysItInEachWay() throws Exception {
        try (Connection connection = jdbc("")) {
            assertThatThrownBy(() -> update(connection, UPDATE)).isInstanceOfSatisfying(PSQLException.class, error -> {
                assertThat(error.getSQLState()).isEqualTo("42501");
                assertThat(error.getServerErrorMessage().getHint())
                        .contains("/* reason: TICKET-1 … */")
                        .contains("SET countersign.reason = '")
                        .contains("-c countersign.reason=");
            });
            approved("of JDBC", () -> update(connection, "/* reason: of JDBC */ " + UPDATE));
            update(connection, "SET countersign.reason = 'of the session'");
            approved("of the session", () -> update(connection, UPDATE));
        }
        try (Connection connection = jdbc("-c countersign.reason=of\\ the\\ connection")) {
            approved("of the connection", () -> update(connection, UPDATE));
        }
    }

    @Test
    void psqlAndPgbenchSayItInEachWay(@TempDir Path directory) throws Exception {
        String file = "update.sql";
        Files.writeString(directory.resolve(file), UPDATE + ";\n");
        Files.writeString(directory.resolve("why.sql"), "/* reason: of a script */ " + UPDATE + ";\n");
        approved("of psql", () -> run(directory, "", "psql", "-X", "-c", UPDATE + " /* reason: of psql */"));
        approved("of a script", () -> run(directory, "", "psql", "-X", "-f", "why.sql"));
        approved(
                "of its session",
                () -> run(
                        directory, "", "psql", "-X", "-c", "set countersign.reason = 'of its session'", "-c", UPDATE));
        approved(
                "of the environment",
                () -> run(directory, "-c countersign.reason=of\\ the\\ environment", "psql", "-X", "-f", file));
        for (String mode : List.of("simple", "extended", "prepared")) {
            approved("of a script", () -> run(directory, "", "pgbench", "-n", "-t", "1", "-M", mode, "-f", "why.sql"));
            approved(
                    "of a bench",
                    () -> run(
                            directory,
                            "-c countersign.reason=of\\ a\\ bench",
                            "pgbench",
                            "-n",
                            "-t",
                            "1",
                            "-M",
                            mode,
                            "-f",
                            file));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** The work is held, with this reason, and ends well once it is approved. */
    private static void approved(String reason, Work work) throws Exception {
        gateway.core.approvals.clear();
        var failure = new CompletableFuture<Optional<Exception>>();
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
                failure.complete(Optional.empty());
            } catch (Exception e) {
                failure.complete(Optional.of(e));
            }
        });
        await().until(() -> failure.isDone() || !gateway.core.approvals.isEmpty());
        if (!failure.isDone()) {
            approve(reason);
        }
        assertThat(failure.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(gateway.core.approvals).as("held").hasSize(1);
    }

    private static void approve(String reason) {
        await().until(() -> gateway.core.approvals.values().stream().anyMatch(p -> p.state == State.PENDING));
        assertThat(last().held.command().reason()).contains(reason);
        gateway.core.settleAll(State.APPROVED);
    }

    private static Pending last() {
        return gateway.core.approvals.values().stream()
                .filter(pending -> pending.state == State.PENDING)
                .findFirst()
                .or(() -> gateway.core.approvals.values().stream().findFirst())
                .orElseThrow();
    }

    private static Connection jdbc(String options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "orders-agent");
        properties.setProperty("password", TestCore.PASSWORD);
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + gateway.port() + "/shop", properties);
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static void run(Path directory, String options, String... command) throws Exception {
        Path output = Files.createTempFile(directory, "printed", "");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        Integer.toString(gateway.port()),
                        "PGUSER",
                        "orders-agent",
                        "PGPASSWORD",
                        TestCore.PASSWORD,
                        "PGDATABASE",
                        "shop",
                        "PGOPTIONS",
                        options));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }
}
