package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {
    private static final String PROBLEM = "application/problem+json";

    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Prompt prompt() {
        return new Prompt(home, server).with("TOKEN", "t");
    }

    private int run(Prompt prompt, String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--token-from";
        all[arguments.length + 1] = "env:TOKEN";
        return prompt.run(all);
    }

    @Test
    void proposesManifestsAndSaysWhatIsNext() throws IOException {
        server.json("PUT /api/v1/manifests?reason=wanted&ticket=T-1", 200, """
                {"change":"c1","state":"proposed","diff":[
                  {"action":"replace","kind":"Role","name":"reader","before":"a: 1\\nb: 2\\n","after":"a: 1\\nb: 3\\n"}]}""");
        Path file = Files.writeString(home.resolve("p.yaml"), "kind: Role\n");
        Prompt prompt = prompt();

        assertThat(run(prompt, "apply", "-f", file.toString(), "--reason", "wanted", "--ticket", "T-1"))
                .isZero();

        assertThat(prompt.out().lines())
                .containsExactly(
                        "replace Role reader",
                        "  - b: 2",
                        "  + b: 3",
                        "change c1 is proposed",
                        "a second administrator activates it with: countersign confirm c1");
        assertThat(server.requests("PUT /api/v1/manifests?reason=wanted&ticket=T-1")
                        .getFirst())
                .isEqualTo(new FakeServer.Request(
                        "PUT /api/v1/manifests?reason=wanted&ticket=T-1", "Bearer t", "kind: Role\n"));
    }

    @Test
    void proposesWithoutAReasonToo() throws IOException {
        server.json("PUT /api/v1/manifests", 200, "{\"change\":\"c1\",\"state\":\"proposed\",\"diff\":[]}");
        Path file = Files.writeString(home.resolve("p.yaml"), "kind: Role\n");
        assertThat(run(prompt(), "apply", "-f", file.toString())).isZero();
    }

    @Test
    void namesFileLineAndColumnOfEveryProblem() throws IOException {
        server.answer("PUT /api/v1/manifests?reason=wanted", 400, PROBLEM, """
                {"type":"/problems/invalid-manifest","title":"invalid manifest","status":400,"problems":[
                  {"file":"request","line":2,"column":7,"path":"spec","message":"unknown key efect (allowed: effect, when)"},
                  {"file":"request","line":5,"column":1,"path":"","message":"unknown kind"}]}""");
        Path a = Files.writeString(home.resolve("a.yaml"), "kind: A\nefect: deny\n");
        Path b = Files.writeString(home.resolve("b.yaml"), "x: 1\nkind: B\n");
        Prompt prompt = prompt();

        assertThat(run(prompt, "apply", "-f", home.toString(), "--reason", "wanted"))
                .isEqualTo(5);

        assertThat(prompt.err().lines())
                .containsExactly(a + ":2:7: unknown key efect (allowed: effect, when)", b + ":2:1: unknown kind");
    }

    @Test
    void tellsByTheExitCodeWhetherThereAreDifferences() throws IOException {
        server.json("POST /api/v1/manifests/diff", 200, "{\"diff\":[]}");
        server.json(
                "POST /api/v1/manifests/diff",
                200,
                "{\"diff\":[{\"action\":\"create\",\"kind\":\"Role\",\"name\":\"r\",\"before\":null,\"after\":\"a: 1\"}]}");
        Path file = Files.writeString(home.resolve("p.yaml"), "kind: Role\n");
        Prompt prompt = prompt();

        assertThat(run(prompt, "diff", "-f", file.toString())).isZero();
        assertThat(run(prompt, "diff", "-f", file.toString())).isEqualTo(1);

        assertThat(prompt.out().lines()).containsExactly("no differences", "create Role r", "  + a: 1");
    }

    @Test
    void exportsThePolicyAsItIs() {
        server.answer("GET /api/v1/manifests", 200, "application/yaml", "kind: Role\n---\nkind: Target\n");
        Prompt prompt = prompt();

        assertThat(run(prompt, "export")).isZero();

        assertThat(prompt.out()).isEqualTo("kind: Role\n---\nkind: Target\n");
    }

    @Test
    void listsShowsAndConfirmsChanges() {
        String change = """
                {"change":"c1","state":"%s","author":"erin","at":"2026-11-22T00:00:00Z","diff":[]}""";
        server.json(
                "GET /api/v1/changes?limit=20",
                200,
                "{\"items\":[" + change.formatted("proposed") + "],\"next\":null}");
        server.json("GET /api/v1/changes/c1", 200, change.formatted("proposed"));
        server.json("POST /api/v1/changes/c1/confirm", 200, change.formatted("active"));
        Prompt prompt = prompt();

        assertThat(run(prompt, "changes")).isZero();
        assertThat(run(prompt, "changes", "c1")).isZero();
        assertThat(run(prompt, "confirm", "c1")).isZero();

        assertThat(prompt.out()).contains("erin", "change c1 is proposed", "change c1 is active");
    }

    @Test
    void saysWhyTheGatewayRefused() {
        server.answer("POST /api/v1/changes/c1/confirm", 403, PROBLEM, """
                {"type":"/problems/self-approval","title":"self-approval","status":403,"detail":"You proposed it."}""");
        Prompt prompt = prompt();

        assertThat(run(prompt, "confirm", "c1")).isEqualTo(5);

        assertThat(prompt.err().strip()).isEqualTo("countersign: self-approval: You proposed it.");
    }

    @Test
    void saysThatTheTokenIsNotAccepted() {
        server.answer("GET /api/v1/whoami", 401, PROBLEM, "{\"title\":\"token expired\",\"status\":401}");
        Prompt prompt = prompt();

        assertThat(run(prompt, "whoami")).isEqualTo(3);

        assertThat(prompt.err()).contains("does not accept the token: token expired");
    }

    @Test
    void drawsWhatAHostileCommandHides() {
        server.json("GET /api/v1/approvals/a1", 200, """
                {"id":"a1","state":"pending","principal":{"name":"orders-agent","kind":"agent","owner":"alice","act":[]},
                 "target":"shop","commands":[{"text":"update x -- \\u001b[2K\\u202e\\nset y","parameters":[
                   {"type":"int4","value":"7"},{"type":"text","value":null}],"actions":["sql:update"],"resources":["public.x"]}],
                 "rules":["r"],"quorum":1,"decisions":[],"digest":"sha256:00","requestedAt":"t","expiresAt":"u",
                 "mayDecide":false,"why":"self-approval"}""");
        Prompt prompt = prompt();

        assertThat(run(prompt, "approvals", "show", "a1")).isZero();

        assertThat(prompt.out())
                .contains(
                        "principal: orders-agent (agent of alice)",
                        "    update x -- \\u{1b}[2K\\u{202e}",
                        "    set y",
                        "$1: '7' (int4)",
                        "$2: NULL (text)",
                        "you may not decide: self-approval")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void sendsADecisionWithItsReason() {
        server.json("POST /api/v1/approvals/a1/decisions", 200, "{\"id\":\"a1\",\"state\":\"approved\"}");
        Prompt prompt = prompt();

        assertThat(run(prompt, "approvals", "approve", "a1", "--reason", "agreed \"today\""))
                .isZero();

        assertThat(server.requests("POST /api/v1/approvals/a1/decisions")
                        .getFirst()
                        .body())
                .isEqualTo("{\"decision\":\"approve\",\"reason\":\"agreed \\\"today\\\"\"}");
    }

    @Test
    void listsApprovalsAndSaysThatThereAreMore() {
        server.json("GET /api/v1/approvals?limit=1&state=pending", 200, """
                {"items":[{"id":"a1","state":"pending","principal":{"name":"orders-agent"},"target":"shop",
                  "requestedAt":"t","commands":[{"text":"update orders"}]}],"next":"x"}""");
        Prompt prompt = prompt();

        assertThat(run(prompt, "approvals", "list", "--limit", "1")).isZero();

        assertThat(prompt.out()).contains("a1", "orders-agent", "update orders", "and more");
    }

    @Test
    void explainsItself() {
        Prompt prompt = prompt();

        assertThat(prompt.run("--help")).isZero();
        assertThat(prompt.run("token", "--help")).isZero();

        assertThat(prompt.out()).contains("Exit codes", "COUNTERSIGN_HOME", "verify", "--secret-from");
        assertThat(prompt.run("approvals")).isEqualTo(2);
        assertThat(prompt.run()).isEqualTo(2);
    }

    @Test
    void rejectsWithdrawsAndRevertsAChange() {
        String answer = "{\"change\":\"%s\",\"state\":\"%s\",\"diff\":[]}";
        server.json("POST /api/v1/changes/c1/reject", 200, answer.formatted("c1", "rejected"));
        server.json("DELETE /api/v1/changes/c1", 200, answer.formatted("c1", "withdrawn"));
        server.json("POST /api/v1/changes/c1/revert", 200, answer.formatted("c2", "proposed"));
        Prompt prompt = prompt();

        assertThat(run(prompt, "changes", "c1", "--reject")).isEqualTo(2);
        assertThat(run(prompt, "changes", "--withdraw")).isEqualTo(2);
        assertThat(run(prompt, "changes", "c1", "--reject", "--reason", "too wide"))
                .isZero();
        assertThat(run(prompt, "changes", "c1", "--withdraw")).isZero();
        assertThat(run(prompt, "changes", "c1", "--revert", "--reason", "did harm"))
                .isZero();

        assertThat(prompt.out().lines())
                .containsExactly(
                        "change c1 is rejected",
                        "change c1 is withdrawn",
                        "no differences",
                        "change c2 is proposed",
                        "a second administrator activates it with: countersign confirm c2");
        assertThat(server.requests("POST /api/v1/changes/c1/reject").getFirst().body())
                .isEqualTo("{\"reason\":\"too wide\"}");
    }
}
