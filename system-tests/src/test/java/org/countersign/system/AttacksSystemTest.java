package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody would try who wants to countersign himself. Each attempt is refused, and the report tells of it. */
@ExtendWith(RunningGateway.class)
class AttacksSystemTest {
    private static final String DEFER = "-c countersign.approval=defer";
    private static final String APPROVE = "{\"decision\":\"approve\",\"reason\":\"seen in a test\"}";
    private static final int RACERS = 100;

    private final Gateway gateway;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    AttacksSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    private String named(String what) {
        return what + "-" + mark;
    }

    @Test
    void theOwnerOfAnAgentChangesWhileItsRequestIsOpenOrApproved() {
        String agent = named("owned") + "-agent";
        DutiesRealm.people(gateway, List.of(approver("first"), approver("second"), approver("third")));
        DutiesRealm.agent(gateway, agent, named("first"));
        try (var policy = DutiesPolicy.writers(gateway, "{clients: [" + agent + "]}")) {
            String pending = "update orders set note = 'pending " + policy.mark() + "' where id = 261";
            JsonNode open = deferred(agent, pending);
            String later = "update orders set note = 'later " + policy.mark() + "' where id = 261";
            JsonNode approved = deferred(agent, later);
            assertThat(decide(named("second"), approved)).isEqualTo("200");

            DutiesRealm.owner(gateway, agent, named("second"));
            assertThat(gateway.psql(agent, "shop")
                            .run("select count(*) from orders where id < 0")
                            .exit())
                    .isZero();

            assertThat(decide(named("first"), open)).isEqualTo("403 self-approval");
            assertThat(decide(named("second"), open)).isEqualTo("403 self-approval");
            Psql.Result run = gateway.psql(agent, "shop", DEFER).run(later);
            assertThat(run.err())
                    .contains(
                            "ERROR:  SD004", named("second") + ", who countersigned this at", "answers for it by now");
            assertThat(decide(named("third"), open)).isEqualTo("200");
            assertThat(gateway.psql(agent, "shop", DEFER).run(pending).exit()).isZero();

            assertThat(attempts(open))
                    .containsExactlyInAnyOrder(
                            named("first") + " decide-approval self-approval",
                            named("second") + " decide-approval self-approval");
            assertThat(attempts(approved)).containsExactly(agent + " run-approved self-approval");
        }
    }

    @Test
    void whoeverMakesHimselfAnApproverMeanwhileIsNoneOfWhatIsOpen() {
        try (var policy =
                DutiesPolicy.writers(gateway, "{users: [frank]}").approval("{approvers: {realmRoles: [approver]}}")) {
            JsonNode open =
                    deferred("frank", "update orders set note = 'meanwhile " + policy.mark() + "' where id = 262");
            policy.approval("{approvers: {realmRoles: [approver], users: [dave, frank]}}");

            assertThat(decide("dave", open)).isEqualTo("403 not-an-approver");
            assertThat(decide("frank", open)).isEqualTo("403 self-approval");
            assertThat(attempts(open))
                    .containsExactlyInAnyOrder(
                            "dave decide-approval not-an-approver", "frank decide-approval self-approval");
            gateway.api("frank").delete("approvals/" + id(open));
        }
    }

    @Test
    void whatWasEditedIsNotWhatWasApprovedAndADecisionCountsOnce() {
        try (var policy =
                DutiesPolicy.writers(gateway, "{users: [frank]}").approval("{approvers: {realmRoles: [approver]}}")) {
            String sql = "update orders set note = 'shown " + policy.mark() + "' where id = 263";
            JsonNode shown = deferred("frank", sql);
            String edited = sql.replace("263", "264");
            JsonNode other = deferred("frank", edited);

            assertThat(Polling.items(gateway.api("bob")
                            .post(
                                    "approvals/decisions",
                                    "{\"digest\":\"sha256:%s\",\"decision\":\"approve\",\"reason\":\"r\"}"
                                            .formatted("0".repeat(64)))))
                    .isEmpty();
            assertThat(decide("bob", shown)).isEqualTo("200");
            assertThat(decide("bob", shown)).isEqualTo("409 already-decided");
            Psql.Result changed = gateway.psql("frank", "shop", DEFER).run(edited);
            assertThat(changed.err()).contains("SD001").contains(id(other)).doesNotContain(id(shown));
            assertThat(state(other)).isEqualTo("pending");

            assertThat(gateway.psql("frank", "shop", DEFER).run(sql).exit()).isZero();
            assertThat(decide("bob", shown)).isEqualTo("409 already-decided");
            assertThat(state(shown)).isEqualTo("executed");
            assertThat(attempts(shown))
                    .containsExactly("bob decide-approval already-decided", "bob decide-approval already-decided");
            gateway.api("frank").delete("approvals/" + id(other));
        }
    }

    @Test
    void ofAHundredDecisionsAtOnceOneCountsAndOneRowIsWritten() throws Exception {
        List<DutiesRealm.Account> approvers =
                IntStream.range(0, 5).mapToObj(n -> approver("racer" + n)).toList();
        DutiesRealm.people(gateway, approvers);
        List<Api> callers =
                approvers.stream().map(each -> gateway.api(each.name())).toList();
        String sql = "insert into orders (customer_id, sku, amount, status, note)" + " values (1, 'race', 1, 'new', '"
                + mark + "')";
        assertThat(gateway.psql("orders-agent", "lab18", DEFER).run(sql).err()).contains("SD001");
        JsonNode approval = Polling.pendingApproval(gateway, sql);

        List<String> answers = race(
                RACERS,
                racer -> answer(
                        callers.get(racer % callers.size()).post("approvals/" + id(approval) + "/decisions", APPROVE)));
        assertThat(answers.stream().filter("200"::equals)).hasSize(1);
        assertThat(answers.stream().filter("409 already-decided"::equals)).hasSize(RACERS - 1);
        JsonNode decided =
                gateway.api("carol").read("approvals/" + id(approval)).json();
        assertThat(decided.required("decisions")).hasSize(1);

        List<Boolean> ran = race(
                8,
                racer -> gateway.psql("orders-agent", "lab18", DEFER)
                        .run(sql)
                        .out()
                        .contains("INSERT 0 1"));
        assertThat(ran.stream().filter(each -> each)).hasSize(1);
        assertThat(gateway.lab().ask("lab18", "select count(*) from orders where note = '" + mark + "'"))
                .isEqualTo("1");
        Polling.items(gateway.api("bob").read("approvals?state=pending&limit=100")).stream()
                .filter(open -> open.toString().contains(mark))
                .forEach(open -> gateway.api("orders-agent").delete("approvals/" + id(open)));
    }

    @Test
    void nobodyChangesThePolicyForHimselfNorTakesAConstraintAwayToPass() {
        String asker = named("asker");
        String changer = named("changer");
        DutiesRealm.people(
                gateway,
                List.of(
                        new DutiesRealm.Account(asker, named("a"), Set.of(), Set.of()),
                        new DutiesRealm.Account(changer, named("c"), Set.of("approver", "admin"), Set.of())));
        String constraint = "{type: history, who: {did: [sql:update], on: [public.orders]},"
                + " mayNot: {approve: [\"sql:*\"]}, within: %s}";
        try (var policy = DutiesPolicy.writers(gateway, "{users: [" + asker + ", " + changer + "]}")
                        .approval("{approvers: {realmRoles: [approver]}}");
                var constraints =
                        new SegregationPolicy(gateway).constraint(named("past"), constraint.formatted("PT1H"))) {
            assertThat(gateway.psql(changer, "shop")
                            .run("update orders set note = note where id = 265")
                            .err())
                    .isEmpty();
            JsonNode open = deferred(asker, "update orders set note = 'pass " + policy.mark() + "' where id = 265");
            assertThat(decide(changer, open)).isEqualTo("403 conflict-of-duties");

            Api admin = gateway.api(changer);
            String removal = admin.delete("manifests/SegregationConstraint/" + named("past"))
                    .json()
                    .required("change")
                    .asText();
            String weaker = admin.putYaml(
                            "manifests", SegregationPolicy.draft(named("past"), constraint.formatted("PT1S")))
                    .json()
                    .required("change")
                    .asText();
            for (String change : List.of(removal, weaker)) {
                assertThat(problemOf(admin.post("changes/" + change + "/confirm", "{}")))
                        .isEqualTo("403 self-approval");
                assertThat(attempts(change)).containsExactly(changer + " confirm-change self-approval");
                assertThat(admin.delete("changes/" + change).status()).isEqualTo(200);
            }
            assertThat(decide(changer, open)).isEqualTo("403 conflict-of-duties");
            assertThat(attempts(open))
                    .containsExactly(
                            changer + " decide-approval conflict-of-duties",
                            changer + " decide-approval conflict-of-duties");
            gateway.api(asker).delete("approvals/" + id(open));
        }
    }

    @Test
    void anAdministratorIsNoApproverByWhateverWay() throws Exception {
        try (var policy = DutiesPolicy.writers(gateway, "{users: [frank]}")
                        .approval("{approvers: {realmRoles: [approver]}}");
                Browser browser = new Browser(gateway)) {
            JsonNode open = deferred("frank", "update orders set note = 'admin " + policy.mark() + "' where id = 266");
            assertThat(decide("dave", open)).isEqualTo("403 not-an-approver");
            Page page = browser.signedIn("dave", "/approvals/" + id(open));
            PlaywrightAssertions.assertThat(page.locator("#status"))
                    .containsText("You are not an approver of this request");
            PlaywrightAssertions.assertThat(page.locator("#approve")).hasCount(0);
            // what a page of another site could send: the cookie opens nothing but the portal's own pages
            Page bobs = browser.signedIn("bob", "/approvals/" + id(open));
            assertThat(bobs.request()
                            .post(
                                    gateway.portalUrl() + "/api/v1/approvals/" + id(open) + "/decisions",
                                    RequestOptions.create()
                                            .setHeader("Content-Type", "application/json")
                                            .setData(APPROVE))
                            .status())
                    .isEqualTo(401);
            assertThat(bobs.request()
                            .post(
                                    gateway.portalUrl() + "/?v-r=uidl&v-uiId=0",
                                    RequestOptions.create()
                                            .setHeader("Content-Type", "application/json")
                                            .setData(
                                                    "{\"csrfToken\":\"guessed\",\"rpc\":[],\"syncId\":0,\"clientId\":0}"))
                            .text())
                    .contains("\"changes\":{}", "appError");

            assertThat(upgraded(8080 + gateway.offset()))
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain(" 101 ");
            // nothing that would take calls of beans from outside is there at all
            assertThat(Management.run(
                            "/subsystem=ejb3:read-children-names(child-type=service)",
                            "/subsystem=remoting:read-children-names(child-type=http-connector)",
                            "/subsystem=undertow/server=default-server/host=default-host"
                                    + ":read-children-names(child-type=setting)"))
                    .doesNotContain("\"remote\"", "\"http-remoting-connector\"", "\"http-invoker\"");
            assertThat(status(9990, "/management")).isEqualTo(401);
            assertThat(Management.run("/subsystem=naming:jndi-view"))
                    .contains("ApprovalService", "\"java:jboss/exported\" => undefined");
            assertThat(Management.run("/deployment=countersign.ear/subdeployment=ejb-core.jar/subsystem=ejb3"
                            + "/stateless-session-bean=ApprovalService:read-operation-names"))
                    .contains("read-resource")
                    .doesNotContain("decide");
            assertThat(state(open)).isEqualTo("pending");
            assertThat(attempts(open)).containsExactly("dave decide-approval not-an-approver");
            gateway.api("frank").delete("approvals/" + id(open));
        }
    }

    /** What the server says to somebody who wants to speak the protocol of remote EJBs. */
    private static String upgraded(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                            GET / HTTP/1.1\r
                            Host: localhost\r
                            Connection: Upgrade\r
                            Upgrade: jboss-remoting\r
                            Sec-JbossRemoting-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            \r
                            """.getBytes(StandardCharsets.US_ASCII));
            byte[] said = new byte[64];
            int length = socket.getInputStream().readNBytes(said, 0, said.length);
            return new String(said, 0, length, StandardCharsets.US_ASCII);
        }
    }

    private int status(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + (port + gateway.offset()) + path))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private interface Racer<T> {
        T run(int number);
    }

    private static <T> List<T> race(int racers, Racer<T> act) throws Exception {
        var start = new CyclicBarrier(racers);
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            var futures = new ArrayList<Future<T>>();
            for (int racer = 0; racer < racers; racer++) {
                int number = racer;
                Callable<T> task = () -> {
                    start.await();
                    return act.run(number);
                };
                futures.add(threads.submit(task));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private DutiesRealm.Account approver(String name) {
        return new DutiesRealm.Account(named(name), named(name), Set.of("approver"), Set.of());
    }

    private JsonNode deferred(String principal, String sql) {
        Psql.Result asked = gateway.psql(principal, "shop", DEFER).run(sql);
        assertThat(asked.err()).contains("SD001");
        return Polling.pendingApproval(gateway, sql);
    }

    private String decide(String person, JsonNode approval) {
        return answer(Polling.decide(gateway, person, approval, "approve"));
    }

    private static String answer(Api.Answer answer) {
        return answer.status() == 200 ? "200" : problemOf(answer);
    }

    private String state(JsonNode approval) {
        return gateway.api("carol")
                .read("approvals/" + id(approval))
                .json()
                .required("state")
                .asText();
    }

    private List<String> attempts(JsonNode approval) {
        return attempts(id(approval));
    }

    /** What the segregation report tells of refused attempts at an approval or a change. */
    private List<String> attempts(String object) {
        return Polling.items(gateway.api("carol").read("evidence/attempts?limit=200")).stream()
                .filter(each -> each.required("object").asText().equals(object))
                .map(each -> each.required("name").asText() + " "
                        + each.required("attempt").asText() + " "
                        + each.required("reason").asText())
                .toList();
    }

    private static String id(JsonNode approval) {
        return approval.required("id").asText();
    }
}
