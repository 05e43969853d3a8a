package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API as the guide describes it. */
@ExtendWith(RunningGateway.class)
class RestSystemTest {
    private static final List<String> TYPES = List.of(
            "",
            "session-opened",
            "received",
            "verdict",
            "held",
            "decision",
            "response",
            "finished",
            "session-closed",
            "copy-data",
            "notification",
            "parameter");
    private final Gateway gateway;

    RestSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    nothing-here,                                       application/json,        404 not-found",
        "GET,    approvals/not-an-id,                                application/json,        404 not-found",
        "GET,    approvals/00000000-0000-0000-0000-000000000000,     application/json,        404 not-found",
        "GET,    sessions/00000000-0000-0000-0000-000000000000,      application/json,        404 not-found",
        "GET,    sessions/00000000-0000-0000-0000-000000000000/commands,  application/json,   404 not-found",
        "GET,    sessions/00000000-0000-0000-0000-000000000000/recording, application/json,   404 not-found",
        "DELETE, sessions/00000000-0000-0000-0000-000000000000,      application/json,        404 not-found",
        "DELETE, approvals,                                          application/json,        405 method-not-allowed",
        "PATCH,  sessions,                                           application/json,        405 method-not-allowed",
        "PUT,    manifests,                                          application/json,        415 unsupported-media-type",
        "POST,   credentials,                                        text/plain,              415 unsupported-media-type",
        "POST,   credentials,                                        application/json,        400 invalid-request",
        "GET,    approvals?limit=0,                                  application/json,        400 invalid-request",
        "GET,    approvals?limit=201,                                application/json,        400 invalid-request",
        "GET,    approvals?state=PENDING,                            application/json,        400 invalid-request",
        "GET,    approvals?after=xyz,                                application/json,        400 invalid-request",
        "GET,    approvals?from=yesterday,                           application/json,        400 invalid-request",
        "GET,    approvals?from=-1000000000-01-01T00:00:00Z,         application/json,        400 invalid-request",
        "GET,    approvals?to=%2B1000000000-12-31T23:59:59Z,         application/json,        400 invalid-request",
        "GET,    approvals?principal=a&principal=b,                  application/json,        400 invalid-request",
        "GET,    approvals?principal=%00,                            application/json,        400 invalid-request",
        "GET,    sessions?verdict=maybe,                             application/json,        400 invalid-request",
        "GET,    sessions?after=../../etc,                           application/json,        400 invalid-request",
        "GET,    changes?limit=1&colour=red,                         application/json,        400 invalid-request",
        "GET,    whoami?access_token=x,                              application/json,        400 invalid-request",
        "DELETE, manifests/Nothing/x,                                application/json,        400 invalid-request",
        "DELETE, manifests/Role/nobody-knows-it,                     application/json,        404 not-found",
    })
    void aMistakeIsAProblemOfItsOwnType(String method, String path, String type, String expected) {
        String body = method.equals("PUT") || method.equals("POST") ? "x" : "";
        Api.Answer answer = gateway.api("dave").send(method, path, type, body);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(problemOf(answer)).isEqualTo(expected);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("org.");
    }

    @Test
    void withoutATokenNothingIsSaidAboutWhatExists() {
        for (String path : List.of("approvals", "nothing-here", "sessions/x", "whoami", "manifests")) {
            Api.Answer answer = gateway.apiWith("").read(path);
            assertThat(problemOf(answer)).as(path).isEqualTo("401 not-signed-in");
            assertThat(problemOf(gateway.apiWith("eyJhbGciOiJub25lIn0.e30.").read(path)))
                    .isEqualTo("401 not-signed-in");
        }
    }

    @Test
    void whatNobodyCanReadIsNotAcceptable() throws Exception {
        assertThat(raw("approvals", "Accept", "image/png").statusCode()).isEqualTo(406);
        assertThat(raw("approvals", "Accept", "image/png").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(raw("manifests", "Accept", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void theBrowserIsToldToKeepNothingAndOtherOriginsGetNothing() throws Exception {
        HttpResponse<String> answer = raw("whoami", "Origin", "https://evil.example");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        assertThat(problemOf(gateway.api("dave").putYaml("manifests", "#" + "x".repeat(1024 * 1024))))
                .isEqualTo("413 too-large");
        assertThat(problemOf(gateway.api("dave").post("credentials", "{\"target\":\"" + "x".repeat(70_000) + "\"}")))
                .isEqualTo("413 too-large");
    }

    @Test
    void aListIsReadToItsEndWithNext() {
        for (int i = 0; i < 5; i++) {
            gateway.psql("support-agent", "shop").run("select " + i);
        }
        Api frank = gateway.api("frank");
        String to = Instant.now().toString();
        List<String> whole = ids(frank, "sessions?limit=200&principal=support-agent&to=" + to);
        List<String> paged = ids(frank, "sessions?limit=2&principal=support-agent&to=" + to);
        assertThat(paged).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates().isEqualTo(whole);
    }

    @Test
    void commandsAreReadToTheirEndWithNext() throws Exception {
        var statements = new String[7];
        for (int i = 0; i < 7; i++) {
            statements[i] = "select " + i + " as n";
        }
        gateway.psql("support-agent", "shop").run(statements);
        Api carol = gateway.api("carol");
        String session = newest(carol, "support-agent");
        var sequences = new ArrayList<Long>();
        each(
                carol,
                "sessions/" + session + "/commands?limit=3",
                item -> sequences.add(item.required("sequence").asLong()));
        assertThat(sequences).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(Polling.items(carol.read("sessions/" + session + "/commands?verdict=deny")))
                .isEmpty();
    }

    @Test
    void listsAreFiltered() throws Exception {
        Instant begun = Instant.now();
        gateway.psql("support-agent", "shop").run("select * from payments");
        Api carol = gateway.api("carol");
        String session = newest(carol, "support-agent");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ids(carol, "sessions?verdict=deny&from=" + begun).contains(session));
        assertThat(ids(carol, "sessions?verdict=hold&from=" + begun)).doesNotContain(session);
        assertThat(ids(carol, "sessions?target=nowhere")).isEmpty();
        assertThat(ids(
                        carol,
                        "sessions?principal=' or 1=1 --".replace(" ", "%20").replace("'", "%27")))
                .isEmpty();
        assertThat(ids(carol, "sessions?to=" + begun)).doesNotContain(session);
        assertThat(ids(carol, "approvals?state=approved&principal=support-agent"))
                .isEmpty();
    }

    @Test
    void aStrangerSeesHisOwnAndHisAgentsOnly() {
        gateway.psql("orders-agent", "shop").run("select 1");
        String alices = newest(gateway.api("carol"), "orders-agent");
        Api frank = gateway.api("frank");
        each(
                frank,
                "sessions?limit=200",
                item -> assertThat(item.required("principal").toString()).contains("frank"));
        each(
                frank,
                "approvals?limit=200",
                item -> assertThat(item.required("principal").toString()
                                + item.required("decisions").findValuesAsText("by"))
                        .as("asked by him or his agent, or decided by him")
                        .contains("frank"));
        for (String path : List.of("", "/commands", "/recording")) {
            assertThat(problemOf(frank.read("sessions/" + alices + path))).isEqualTo("404 not-found");
        }
        assertThat(problemOf(frank.delete("sessions/" + alices))).isEqualTo("404 not-found");
        assertThat(gateway.api("alice").read("sessions/" + alices).status()).isEqualTo(200);
        assertThat(gateway.api("orders-agent").read("sessions/" + alices).status())
                .isEqualTo(200);
        assertThat(problemOf(gateway.api("support-agent").read("sessions/" + alices)))
                .isEqualTo("404 not-found");
    }

    @Test
    void theHashesOfARecordingAreComputedAgainFromItsLines() throws Exception {
        try (var connection = gateway.connect("support-agent", "shop");
                var statement =
                        connection.prepareStatement("select id, email, ? as \"ü\\\" from customers where id = ?")) {
            statement.setString(1, "\"sequence\": \u0001\n");
            statement.setInt(2, 5);
            statement.executeQuery().next();
        }
        Api carol = gateway.api("carol");
        String session = newest(carol, "support-agent");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> recording(carol, session).getLast().contains("\"type\":\"session-closed\""));
        List<String> lines = recording(carol, session);
        assertThat(lines).hasSizeGreaterThan(5);
        String previous = "0".repeat(64);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = new com.fasterxml.jackson.databind.ObjectMapper().readTree(lines.get(i));
            assertThat(line.required("sequence").asInt()).isEqualTo(i + 1);
            assertThat(line.required("previous").asText()).isEqualTo(previous);
            assertThat(hash(UUID.fromString(session), line, lines.get(i)))
                    .isEqualTo(line.required("hash").asText());
            previous = line.required("hash").asText();
        }
    }

    /** As the guide says, from the line alone. */
    private static String hash(UUID session, JsonNode frame, String line) throws Exception {
        String type = frame.required("type").asText();
        String payload = "{" + line.split("\"previous\":\"[0-9a-f]{64}\",", 2)[1];
        if (type.equals("received")) {
            payload = payload.replaceFirst("\"commandSequence\":", "\"sequence\":");
        }
        Instant at = Instant.parse(frame.required("at").asText());
        byte[] head = ByteBuffer.allocate(32 + 16 + 8 + 12 + 1)
                .put(HexFormat.of().parseHex(frame.required("previous").asText()))
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .putLong(frame.required("sequence").asLong())
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .put((byte) TYPES.indexOf(type))
                .array();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(head);
        return HexFormat.of().formatHex(digest.digest(payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSessionThatIsEndedTellsItsClientBywhom() throws Exception {
        Process psql = gateway.psql("orders-agent", "shop").start("update orders set note = 'ended' where id = 220");
        JsonNode approval = Polling.pendingApproval(gateway, "update orders set note = 'ended' where id = 220");
        String session = approval.required("session").asText();
        assertThat(problemOf(gateway.api("bob").delete("sessions/" + session))).isEqualTo("403 not-allowed");
        assertThat(problemOf(gateway.api("carol").delete("sessions/" + session)))
                .isEqualTo("403 not-allowed");
        assertThat(gateway.api("alice").delete("sessions/" + session).status()).isEqualTo(204);

        Psql.Result result = Psql.finish(psql);
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("The session was ended by alice.");
        Api carol = gateway.api("carol");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !carol.read("sessions/" + session)
                        .json()
                        .required("endedAt")
                        .isNull());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> carol.read("approvals/" + approval.required("id").asText())
                        .json()
                        .required("state")
                        .asText()
                        .equals("withdrawn"));
    }

    @Test
    void aCredentialIsForOneTargetAndMakesNoOther() {
        Api agent = gateway.api("support-agent");
        JsonNode credential = agent.post("credentials", "{\"target\":\"shop\"}").json();
        Instant tokenEnds =
                Instant.parse(agent.read("whoami").json().required("expiresAt").asText());
        assertThat(Instant.parse(credential.required("expiresAt").asText())).isBeforeOrEqualTo(tokenEnds);
        String user = credential.required("username").asText();
        String password = credential.required("password").asText();
        assertThat(user).startsWith("support-agent#");
        assertThat(gateway.psqlWith(user, password, "shop").run("select 1").rows())
                .containsExactly("1");
        assertThat(problemOf(gateway.apiWith(password).post("credentials", "{\"target\":\"shop\"}")))
                .isEqualTo("401 not-signed-in");
        assertThat(gateway.psqlWith(user.replace("support", "orders"), password, "shop")
                        .run("select 1")
                        .exit())
                .isNotZero();
        assertThat(gateway.psqlWith("support-agent", password, "shop")
                        .run("select 1")
                        .exit())
                .isNotZero();
        assertThat(problemOf(agent.post("credentials", "{\"target\":\"nowhere\"}")))
                .isEqualTo("404 unknown-target");
        assertThat(problemOf(gateway.api("carol").post("credentials", "{\"target\":\"shop\"}")))
                .isEqualTo("404 unknown-target");
    }

    private HttpResponse<String> raw(String path, String header, String value) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.portalUrl() + "/api/v1/" + path))
                                .header("Authorization", "Bearer " + gateway.token("dave"))
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> recording(Api api, String session) {
        return api.read("sessions/" + session + "/recording").body().lines().toList();
    }

    private static String newest(Api api, String principal) {
        return Polling.items(api.read("sessions?limit=1&principal=" + principal))
                .getFirst()
                .required("id")
                .asText();
    }

    private static List<String> ids(Api api, String path) {
        var ids = new ArrayList<String>();
        each(api, path, item -> ids.add(item.required("id").asText()));
        return ids;
    }

    private static void each(Api api, String path, java.util.function.Consumer<JsonNode> item) {
        String after = "";
        do {
            Api.Answer answer = api.read(path + after);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json().required("items").forEach(item);
            JsonNode next = answer.json().required("next");
            after = next.isNull() ? "" : (path.contains("?") ? "&" : "?") + "after=" + next.asText();
        } while (!after.isEmpty());
    }
}
