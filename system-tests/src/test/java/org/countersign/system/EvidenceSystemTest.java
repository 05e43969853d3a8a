package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.countersign.cli.verify.ReportVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an auditor is shown about one command: who asked, who agreed, who tried in vain. */
@ExtendWith(RunningGateway.class)
class EvidenceSystemTest {
    private final Gateway gateway;

    EvidenceSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void anApprovedCommandIsProvedWithTheSetsThatWereCompared() throws Exception {
        String sql = "update orders set note = 'evidence' where id = 301";
        Process psql = gateway.psql(
                        "orders-agent",
                        "shop",
                        "-c countersign.task=EVIDENCE-17 -c countersign.reason=called\\\\ about\\\\ 4012888888881881")
                .start(sql);
        JsonNode approval = Polling.pendingApproval(gateway, sql);
        String id = approval.required("id").asText();
        assertThat(problemOf(Polling.decide(gateway, "alice", approval, "approve")))
                .isEqualTo("403 self-approval");
        assertThat(problemOf(Polling.decide(gateway, "frank", approval, "reject")))
                .isEqualTo("403 not-an-approver");
        assertThat(Polling.decide(gateway, "bob", approval, "approve").status()).isEqualTo(200);
        assertThat(Psql.finish(psql).exit()).isZero();
        Api carol = gateway.api("carol");

        JsonNode row = find(carol, "evidence/commands?principal=orders-agent&limit=200", "approval", id)
                .getFirst();
        assertThat(row.required("proof").asText()).isEqualTo("disjoint");
        assertThat(row.required("initiator").required("task").asText()).isEqualTo("EVIDENCE-17");
        assertThat(row.required("justification").asText())
                .startsWith("called about ")
                .doesNotContain("4012888888881881");
        assertThat(texts(row.required("responsible"))).contains("alice");
        JsonNode decision = row.required("decisions").get(0);
        assertThat(decision.required("by").asText()).isEqualTo("bob");
        assertThat(texts(decision.required("accounts"))).contains("bob").doesNotContain("alice");
        assertThat(texts(decision.required("requesters"))).contains("alice").doesNotContain("bob");
        assertThat(find(carol, "evidence/attempts?limit=200", "object", id).stream()
                        .map(each -> each.required("name").asText() + " "
                                + each.required("attempt").asText() + " "
                                + each.required("reason").asText()))
                .containsExactlyInAnyOrder(
                        "alice decide-approval self-approval", "frank decide-approval not-an-approver");
        assertThat(carol.read("evidence/commands.csv").body().lines().filter(line -> line.contains(id)))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"orders-agent\",\"agent\",\"alice\",\"\",\"EVIDENCE-17\"", "\"called about ")
                        .doesNotContain("4012888888881881")
                        .contains("\"bob\"")
                        .contains("\"disjoint\""));
        assertThat(Polling.items(carol.read("evidence/privileged")).stream()
                        .filter(each -> each.required("session")
                                .asText()
                                .equals(approval.required("session").asText())))
                .singleElement()
                .satisfies(each -> assertThat(each.required("kind").asText() + " "
                                + each.required("verdict").asText() + " "
                                + each.required("outcome").asText() + " " + texts(each.required("responsible")))
                        .startsWith("update hold executed [")
                        .contains("alice"));
        JsonNode summary = carol.read("evidence").json();
        assertThat(summary.required("shared").asLong()).isZero();
        assertThat(summary.required("disjoint").asLong()).isPositive();
        assertThat(summary.required("attempts").required("self-approval").asLong())
                .isPositive();
    }

    @Test
    void thePrintedReportIsCheckedWithoutTheGateway() throws Exception {
        Api carol = gateway.api("carol");
        String report = carol.read("evidence/report.html").body();
        JsonNode key = carol.read("evidence/key").json();

        ReportVerifier.Verdict verdict = ReportVerifier.verify(report.getBytes(StandardCharsets.UTF_8), key);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.rows()).isPositive();
        String changed = report.replace("Countersigned commands", "Harmless commands");
        assertThat(ReportVerifier.verify(changed.getBytes(StandardCharsets.UTF_8), key)
                        .faults())
                .isNotEmpty();
        Files.writeString(
                Files.createDirectories(Path.of("target", "screenshots")).resolve("report.html"), report);
    }

    /** Who answered for it is what was kept when the session opened, in every form of the report. */
    @Test
    void whatNobodyHadToCountersignAndWhatWasRefusedAreInTheReportToo() throws Exception {
        Psql.Result ran = gateway.psql("frank", "lab18")
                .run("/* reason: evidence without approval */ update orders set note = note where id = 303");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(gateway.psql("frank", "shop")
                        .run("/* reason: evidence of a refusal */ delete from orders where id = 303")
                        .exit())
                .isNotZero();
        Api carol = gateway.api("carol");

        JsonNode row = find(carol, "evidence/privileged", "justification", "evidence without approval")
                .getFirst();
        assertThat(texts(row.required("responsible"))).contains("frank");
        assertThat(texts(row.required("rules"))).containsExactly("lab-engineer");
        assertThat(row.required("outcome").asText()).isEqualTo("executed");
        String session = row.required("session").asText();
        List<String> csv = carol.read("evidence/commands.csv").body().lines().toList();
        assertThat(csv.stream().filter(line -> line.contains("evidence without approval")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                session,
                                "\"allow\",\"lab-engineer\"",
                                gateway.issuer() + " frank",
                                "\"nobody-decided\""));
        assertThat(csv.stream().filter(line -> line.contains("evidence of a refusal")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"deny\"", "\"refused\""));
        String report = carol.read("evidence/report.html").body();
        int refused = report.indexOf("<h3>Refused commands");
        assertThat(report.substring(0, refused))
                .contains("evidence without approval", "/sessions/" + session + "\">")
                .doesNotContain("evidence of a refusal");
        assertThat(report.substring(refused))
                .contains("evidence of a refusal")
                .doesNotContain("evidence without approval");
    }

    @Test
    void theEffectOfAChangeIsSeenInTheCommandsOfTheLastDays() throws Exception {
        assertThat(gateway.psql("frank", "shop")
                        .run("select id from orders where id = 302")
                        .exit())
                .isZero();
        JsonNode change = gateway.api("dave").putYaml("manifests", """
            apiVersion: countersign/v1
            kind: Guardrail
            metadata: {name: nobody-reads-302}
            spec: {when: 'command.text.contains("id = 302")', effect: deny, message: Not this one.}
            """).json();
        String id = change.required("change").asText();
        JsonNode effect =
                gateway.api("carol").read("changes/" + id + "/effect?days=1").json();

        assertThat(effect.required("commands").asLong()).as(effect.toString()).isPositive();
        assertThat(texts(effect.required("sentences"))).contains("1 command would now be denied");
        JsonNode shift = effect.required("shifts").get(0);
        assertThat(shift.required("before").asText()).isEqualTo("allow");
        assertThat(shift.required("after").asText()).isEqualTo("deny");
        JsonNode example = shift.required("examples").get(0);
        assertThat(example.required("principal").asText()).isEqualTo("frank");
        assertThat(gateway.api("carol")
                        .read("sessions/" + example.required("session").asText() + "/commands")
                        .body())
                .contains(example.required("command").asText());
        assertThat(effect.toString()).doesNotContain("select id");
        assertThat(problemOf(gateway.api("bob").read("changes/" + id + "/effect")))
                .isEqualTo("403 not-allowed");
        assertThat(gateway.api("dave").delete("changes/" + id).status()).isEqualTo(200);
        assertThat(problemOf(gateway.api("carol").read("changes/" + id + "/effect")))
                .isEqualTo("409 already-decided");
    }

    @Test
    void theReportIsForAuditorsAndAdministratorsAlone() {
        for (String path : List.of(
                "evidence",
                "evidence/commands",
                "evidence/attempts",
                "evidence/commands.csv",
                "evidence/privileged",
                "evidence/exceptions",
                "evidence/report.html",
                "evidence/key")) {
            for (String person : List.of("bob", "frank", "alice")) {
                assertThat(problemOf(gateway.api(person).read(path)))
                        .as(person + " " + path)
                        .isEqualTo("403 not-allowed");
            }
            assertThat(gateway.api("erin").read(path).status()).isEqualTo(200);
        }
        assertThat(problemOf(gateway.api("carol").read("evidence?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")))
                .isEqualTo("400 invalid-request");
    }

    private static List<JsonNode> find(Api api, String path, String member, String value) {
        return Polling.items(api.read(path)).stream()
                .filter(each -> value.equals(each.path(member).asText()))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return java.util.stream.StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
