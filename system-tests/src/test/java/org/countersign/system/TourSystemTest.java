package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's main job with psql on the demo target: allowed, masked, denied, held, countersigned. */
@ExtendWith(RunningGateway.class)
class TourSystemTest {
    private final Gateway gateway;

    TourSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void whatTheRoleMayReadComesBackMasked() {
        Psql.Result result = gateway.psql("support-agent", "shop")
                .run(
                        "select id, full_name, email, phone, national_id, card_number, salary, profile from customers where id = 1");
        assertThat(result.err()).isEmpty();
        assertThat(result.rows())
                .singleElement()
                .asString()
                .matches(
                        "1\\|Anna Abel\\|a\\*\\*\\*@mail\\.example\\|\\*+\\d{4}\\|\\*\\*\\*\\|411111\\*{6}\\d{4}\\|\\|");
    }

    @Test
    void unmaskedColumnsComeBackUnchanged() {
        Psql.Result result = gateway.psql("support-agent", "shop").run("select count(*) from orders");
        assertThat(result.err()).isEmpty();
        assertThat(result.rows()).containsExactly("3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from payments",
                "insert into orders (customer_id, sku, amount) values (1, 'x', 1)",
                "update orders set note = 'x' where id = 1",
                "delete from orders where id = 1",
                "create table t (a int)",
                "drop table orders",
                "copy orders to program 'id'",
                "copy customers to stdout",
                "do $$ begin perform 1; end $$",
                "set role postgres",
                "set session authorization postgres",
                "select pg_read_file('/etc/passwd')",
                "select 1; drop table orders",
            })
    void whatTheRoleMayNotDoIsRefusedBeforeItRuns(String sql) {
        Psql.Result result = gateway.psql("support-agent", "shop").run(sql);
        assertThat(result.exit()).isNotZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .containsPattern("ERROR: +(42501|SD005):")
                .contains("DETAIL:")
                .contains("\"session\"");
    }

    @Test
    void aWriteWaitsForAnotherPersonAndRunsOnce() throws Exception {
        String sql = "update orders set note = coalesce(note, '') || '+' where id = 71";
        String before = note(71);
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);

        assertThat(approval.required("principal").required("name").asText()).isEqualTo("orders-agent");
        assertThat(approval.required("principal").required("owner").asText()).isEqualTo("alice");
        assertThat(approval.required("rules").toString()).contains("agent-writes-need-a-person");
        assertThat(note(71)).isEqualTo(before);
        assertThat(problemOf(Polling.decide(gateway, "alice", approval, "approve")))
                .isEqualTo("403 self-approval");
        assertThat(problemOf(Polling.decide(gateway, "orders-agent", approval, "approve")))
                .isEqualTo("403 machine-approval");
        assertThat(problemOf(Polling.decide(gateway, "carol", approval, "approve")))
                .isEqualTo("403 not-an-approver");
        assertThat(psql.isAlive()).isTrue();

        assertThat(Polling.decide(gateway, "bob", approval, "approve").status()).isEqualTo(200);
        Psql.Result result = Psql.finish(psql);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("UPDATE 1");
        assertThat(result.err())
                .contains("held for approval " + approval.required("id").asText() + ": " + gateway.portalUrl());
        assertThat(note(71)).isEqualTo(before + "+");
        assertThat(problemOf(Polling.decide(gateway, "bob", approval, "approve")))
                .isEqualTo("409 already-decided");
        assertThat(gateway.api("bob")
                        .read("approvals/" + approval.required("id").asText())
                        .json()
                        .required("state")
                        .asText())
                .isEqualTo("executed");
    }

    @Test
    void aSecondExecutionNeedsAnotherApproval() throws Exception {
        String sql = "update orders set note = 'again' where id = 72";
        for (int round = 0; round < 2; round++) {
            Process psql = gateway.psql("orders-agent", "shop").start(sql);
            JsonNode approval = Polling.pendingApproval(gateway, sql);
            assertThat(Polling.decide(gateway, "bob", approval, "approve").status())
                    .isEqualTo(200);
            assertThat(Psql.finish(psql).exit()).isZero();
        }
    }

    @Test
    void aRejectedWriteDoesNotRun() throws Exception {
        String sql = "update orders set note = 'rejected' where id = 73";
        String before = note(73);
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        assertThat(Polling.decide(gateway, "bob", approval, "reject").status()).isEqualTo(200);
        Psql.Result result = Psql.finish(psql);
        assertThat(result.err()).contains("SD002").contains("bob");
        assertThat(note(73)).isEqualTo(before);
    }

    @Test
    void aClientThatLeavesWithdrawsItsRequest() throws Exception {
        String sql = "update orders set note = 'gone' where id = 74";
        String before = note(74);
        Process psql = gateway.psql("orders-agent", "shop").start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        psql.destroyForcibly().waitFor();
        Api bob = gateway.api("bob");
        org.awaitility.Awaitility.await()
                .until(() -> bob.read("approvals/" + approval.required("id").asText())
                        .json()
                        .required("state")
                        .asText()
                        .equals("withdrawn"));
        assertThat(Polling.decide(gateway, "bob", approval, "approve").status()).isEqualTo(409);
        assertThat(note(74)).isEqualTo(before);
    }

    @Test
    void theSessionCanBeReplayed() throws Exception {
        String marker = "select id, email from customers where id = 17";
        gateway.psql("support-agent", "shop").run(marker, "select * from payments");
        Api carol = gateway.api("carol");
        JsonNode session = Polling.items(carol.read("sessions?principal=support-agent&limit=50")).stream()
                .filter(candidate ->
                        Polling.items(carol.read(
                                        "sessions/" + candidate.required("id").asText() + "/commands"))
                                .stream()
                                .anyMatch(command ->
                                        command.required("text").asText().equals(marker)))
                .findFirst()
                .orElseThrow();
        String id = session.required("id").asText();
        JsonNode command = Polling.items(carol.read("sessions/" + id + "/commands")).stream()
                .filter(candidate -> candidate.required("text").asText().equals(marker))
                .findFirst()
                .orElseThrow();
        assertThat(command.required("verdict").asText()).isEqualTo("allow");
        assertThat(command.required("outcome").asText()).isEqualTo("executed");
        assertThat(command.required("rows").asInt()).isEqualTo(1);
        assertThat(command.required("masked").asInt()).isEqualTo(1);
        String recording = carol.read("sessions/" + id + "/recording").body();
        assertThat(recording.lines().map(line -> line.replaceAll(".*\"type\":\"([a-z-]+)\".*", "$1")))
                .startsWith("session-opened", "received", "verdict")
                .contains("response", "finished");
        assertThat(recording).contains("@mail.example").doesNotContain("hugo.");
    }

    private String note(int id) {
        Psql.Result result = gateway.psql("support-agent", "shop").run("select note from orders where id = " + id);
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out().strip();
    }

    static String problemOf(Api.Answer answer) {
        String type = answer.json().required("type").asText();
        return answer.status() + " " + type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }
}
