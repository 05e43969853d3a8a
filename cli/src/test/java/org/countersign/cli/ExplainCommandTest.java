package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String EXPLAIN = "POST /api/v1/explain";
    private static final String HELD = """
            {"verdict":"hold","message":"Writes need a person.","ask":"One person has to approve it.","sqlState":null,"position":null,
             "principal":{"name":"orders-agent","kind":"agent","owner":"alice","onBehalfOf":null,"act":[]},
             "signedInAt":"2026-11-22T10:15:30Z","target":"shop","policyVersion":7,"session":"s1",
             "rules":[{"name":"writes","kind":"guardrail","effect":"approve","decided":true,"reason":"Writes need a person."},
                      {"name":"writer","kind":"role","effect":"allow","decided":false,"reason":"Permits sql:update on public.orders."}],
             "statements":[{"kind":"update","text":"update orders\\nset note = $1 returning email","later":false,
                "effects":["read","write"],"predicate":false,
                "accesses":[{"action":"sql:update","resource":"public.orders","columns":["note"],"roles":["writer"]},
                            {"action":"sql:select","resource":"public.secret","columns":[],"roles":[]}],
                "functions":[{"name":"public.f(integer)","roles":[]}],
                "outputs":[{"label":"email","mask":"partial","sources":[{"name":"public.orders.email","classes":["email"],"mask":"partial"}]},
                           {"label":"n","mask":"clear","sources":[]}],
                "examined":[{"name":"public.orders.id","classes":[],"mask":"clear"}],"moved":[],
                "written":[{"name":"public.orders.note","classes":[],"mask":"clear"}],"code":["public.f(integer), volatile"]}],
             "detectors":["pan"]}""";

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

    private static int run(Prompt prompt, String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"explain", "--target", "shop", "--token-from", "env:TOKEN"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return prompt.run(arguments);
    }

    @Test
    void saysTheVerdictFirstAndThenWhatItRestsOn() {
        server.json(EXPLAIN, 200, HELD);
        Prompt prompt = prompt();

        assertThat(run(prompt, "--as", "orders-agent", "update orders")).isZero();

        assertThat(prompt.out().lines())
                .containsExactly(
                        "verdict: hold",
                        "message: Writes need a person.",
                        "ask for: One person has to approve it.",
                        "principal: orders-agent (agent of alice), as it signed in at 2026-11-22T10:15:30Z",
                        "target: shop",
                        "rules (policy version 7):",
                        "* approve by guardrail writes: Writes need a person.",
                        "  allow by role writer: Permits sql:update on public.orders.",
                        "",
                        "statement: update",
                        "  update orders",
                        "  set note = $1 returning email",
                        "effects: read, write; it does not say which rows",
                        "needs:",
                        "  sql:update on public.orders (note) - given by writer",
                        "  sql:select on public.secret - MISSING",
                        "  the function public.f(integer) - MISSING",
                        "returns:",
                        "  email: masked (partial), from public.orders.email [email, partial]",
                        "  n: clear",
                        "examined: public.orders.id",
                        "written: public.orders.note",
                        "would run: public.f(integer), volatile",
                        "",
                        "also masked wherever it is found: pan",
                        "recorded in session: s1");
        assertThat(server.requests(EXPLAIN).getFirst().body())
                .isEqualTo("{\"target\":\"shop\",\"text\":\"update orders\",\"principal\":\"orders-agent\"}");
    }

    @Test
    void asksForTheCallerHimselfUnlessAnotherIsNamed() {
        server.json(EXPLAIN, 200, HELD);
        Prompt prompt = prompt();

        assertThat(run(prompt, "--json", "select 1")).isZero();

        assertThat(server.requests(EXPLAIN).getFirst().body()).isEqualTo("{\"target\":\"shop\",\"text\":\"select 1\"}");
        assertThat(prompt.out()).startsWith("{").contains("\"verdict\" : \"hold\"");
    }

    @Test
    void endsOtherwiseForATextWithAMistake() {
        server.json(EXPLAIN, 200, """
                {"verdict":"error","message":"syntax error at or near \\"selec\\"","ask":"","sqlState":"42601","position":3,
                 "principal":{"name":"frank","kind":"person","owner":null,"onBehalfOf":null,"act":[]},"signedInAt":null,
                 "target":"shop","policyVersion":0,"session":"s1","rules":[],"statements":[],"detectors":[]}""");
        Prompt prompt = prompt();

        assertThat(run(prompt, "  selec 1")).isEqualTo(5);

        assertThat(prompt.out().lines())
                .startsWith("verdict: error (42601)", "message: syntax error at or near \"selec\"", "position: 3");
    }

    @Test
    void drawsWhatAHostileColumnNameHides() {
        server.json(EXPLAIN, 200, HELD.replace("\"label\":\"n\"", "\"label\":\"\\u001b[2Kn\""));
        Prompt prompt = prompt();

        assertThat(run(prompt, "select 1")).isZero();

        assertThat(prompt.out()).contains("  \\u{1b}[2Kn: clear").doesNotContain("\u001b");
    }

    @Test
    void saysWhyNothingIsExplained() {
        server.answer(
                EXPLAIN,
                404,
                "application/problem+json",
                "{\"title\":\"Unknown target\",\"status\":404,\"detail\":\"There is no target of this name.\"}");
        Prompt prompt = prompt();

        assertThat(run(prompt, "select 1")).isEqualTo(5);

        assertThat(prompt.err().strip()).isEqualTo("countersign: Unknown target: There is no target of this name.");
    }
}
