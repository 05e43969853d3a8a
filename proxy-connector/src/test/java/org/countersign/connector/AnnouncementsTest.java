package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.audit.FrameType;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.StartupPacket;
import org.junit.jupiter.api.Test;

/** What a server says without being asked reaches the client where it would directly, and is recorded before. */
class AnnouncementsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @Test
    void greetsWithTheParametersOfTheServerInItsOrder() throws Exception {
        try (var direct = target.direct();
                var client = gateway.signIn("frank")) {
            assertThat(client.greeted.keySet()).containsExactlyElementsOf(direct.greeted.keySet());
            assertThat(client.greeted)
                    .containsEntry("is_superuser", "off")
                    .containsEntry("session_authorization", "frank");
        }
    }

    @Test
    void cleansTheNameOfAnApplicationAsTheServerDoes() throws Exception {
        String name = "caf\u00e9\u0001 \\n";
        try (var direct = new RawClient(target.upstream().port());
                var client = new RawClient(gateway.port())) {
            direct.send(startup(target.upstream().user(), name));
            direct.prove(target.upstream().password().reveal());
            client.send(startup("frank", name));
            client.prove(TestCore.PASSWORD);
            assertThat(direct.greeted.get("application_name")).isNotEqualTo(name);
            assertThat(client.greeted).containsEntry("application_name", direct.greeted.get("application_name"));
        }
    }

    private static StartupPacket startup(String user, String application) {
        return new StartupPacket.Startup(
                3, 0, new LinkedHashMap<>(Map.of("user", user, "database", "shop", "application_name", application)));
    }

    @Test
    void namesTheClientsOwnProcessAsItWasTold() throws Exception {
        try (var client = gateway.signIn("frank");
                var other = gateway.signIn("frank")) {
            client.query("listen mine");
            client.send(new Query("notify mine"));
            assertThat(notification(client).processId()).isEqualTo(client.key().processId());
            other.query("notify mine");
            assertThat(notification(client).processId())
                    .isNotEqualTo(client.key().processId())
                    .isPositive();
        }
    }

    private static NotificationResponse notification(RawClient client) throws IOException {
        while (true) {
            if (client.receive() instanceof NotificationResponse notification) {
                return notification;
            }
        }
    }

    @Test
    void saysWhatChangedWhereTheServerDoes() throws Exception {
        List<String> steps = List.of(
                "set application_name = 'here'",
                "set timezone = 'Asia/Tokyo'",
                "set search_path = public",
                "begin",
                "set local application_name = 'there'",
                "rollback",
                "set client_encoding = 'UTF8'",
                "set client_encoding to utf8",
                "set names 'utf8'",
                "reset client_encoding",
                "show client_encoding",
                "select 1",
                "notify self",
                "listen self",
                "notify self, 'hello'",
                "begin",
                "notify self, 'later'",
                "commit",
                "unlisten self",
                "notify self, 'unheard'");
        both.same(client -> told(client, steps));
    }

    @Test
    void tellsAnIdleClientAtOnce() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("listen \"Orders\"");
            target.run("notify \"Orders\", 'seven'", "notify orders, 'not listened to'");
            assertThat(client.receive())
                    .isInstanceOfSatisfying(
                            NotificationResponse.class,
                            told -> assertThat(told.payload()).isEqualTo("seven"));
            assertThat(client.query("select 1")).hasSize(4);
            client.query("discard all");
            target.run("notify \"Orders\", 'eight'");
            assertThat(client.query("select 1")).hasSize(4);
        }
    }

    @Test
    void dropsNotificationsOfChannelsThatWereNotJudged() throws Exception {
        try (var client = gateway.signIn("frank")) {
            long before = gateway.metrics.value(Metric.NOTIFICATIONS_DROPPED);
            assertThat(client.query("do $$ begin execute 'listen hidden'; end $$"))
                    .contains("DO");
            target.run("notify hidden, 'secret'");
            await().until(() -> gateway.metrics.value(Metric.NOTIFICATIONS_DROPPED) == before + 1);
            assertThat(client.query("select 1")).hasSize(4);
        }
    }

    @Test
    void recordsANotificationBeforeTheClientHasIt() throws Exception {
        try (var client = gateway.signIn("frank")) {
            client.query("listen kept");
            var durable = new CompletableFuture<Void>();
            var payload = new CompletableFuture<String>();
            gateway.log = (session, entries) -> {
                if (entries.getFirst().type() != FrameType.NOTIFICATION.code()) {
                    return gateway.written.append(session, entries);
                }
                payload.complete(new String(entries.getFirst().payload(), StandardCharsets.UTF_8));
                return durable.thenCompose(now -> gateway.written.append(session, entries));
            };
            target.run("notify kept, 'x'");
            assertThat(payload.join()).contains("\"channel\":\"kept\",\"payload\":\"x\"");
            assertThat(client.silent(200)).isTrue();
            durable.complete(null);
            assertThat(client.receive()).isInstanceOf(NotificationResponse.class);
        }
    }

    @Test
    void saysNothingOfAParameterThatCannotBeRecorded() throws Exception {
        try (var client = gateway.signIn("frank")) {
            gateway.log = (session, entries) -> entries.getFirst().type() == FrameType.PARAMETER.code()
                    ? CompletableFuture.failedFuture(new IOException("full"))
                    : gateway.written.append(session, entries);
            client.send(new Query("set application_name = 'unseen'"));
            var told = new ArrayList<BackendMessage>();
            try {
                while (true) {
                    told.add(client.receive());
                }
            } catch (IOException closed) {
                assertThat(told)
                        .noneMatch(ParameterStatus.class::isInstance)
                        .noneMatch(ReadyForQuery.class::isInstance);
                assertThat(RawClient.told(told.getLast())).isEqualTo("FATAL SD006");
            }
        }
    }

    @Test
    void saysNothingThatAFunctionPutIntoAParameterWhereItMayBeMasked() throws Exception {
        target.run(
                "create table moved (setting text)",
                """
                create function move_card() returns trigger language plpgsql as $$ begin
                  perform set_config(new.setting, substr((select card_number from public.customers where id = 1), 1, 6), false);
                  return new; end $$""",
                "create trigger move before insert on moved for each row execute function move_card()",
                "grant all on moved to shop_gateway");
        String card = target.ask("select substr(card_number, 1, 6) from customers where id = 1");
        try (var client = gateway.signIn("mallory")) {
            for (String setting : List.of("application_name", "search_path", "scram_iterations")) {
                String insert = "insert into public.moved values ('" + setting + "') /* " + card + " */";
                assertThat(told(client, insert)).containsExactly("INSERT 0 1", "ready IDLE");
                assertThat(target.ask("select setting from moved")).isEqualTo(setting);
                target.run("truncate moved");
            }
            assertThat(told(client, "set application_name = 'Mine'"))
                    .containsExactly("SET", "application_name=Mine", "ready IDLE");
            assertThat(told(client, "set search_path = \"Own\", public"))
                    .containsExactly("SET", "search_path=\"Own\", public", "ready IDLE");
            assertThat(told(client, "set datestyle = 'German'"))
                    .containsExactly("SET", "DateStyle=German, DMY", "ready IDLE");
        }
    }

    private static List<String> told(RawClient client, List<String> steps) throws IOException {
        var told = new ArrayList<String>();
        for (String sql : steps) {
            told.addAll(told(client, sql));
        }
        return told;
    }

    /** Everything that comes for a query, in order. */
    private static List<String> told(RawClient client, String sql) throws IOException {
        client.send(new Query(sql));
        var told = new ArrayList<String>();
        BackendMessage message;
        do {
            message = client.receive();
            told.add(
                    switch (message) {
                        case ParameterStatus parameter -> parameter.name() + "=" + parameter.value();
                        case NotificationResponse heard -> heard.channel() + ": " + heard.payload();
                        default -> RawClient.told(message);
                    });
        } while (!(message instanceof ReadyForQuery));
        return told;
    }
}
