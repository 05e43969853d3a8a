package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantCommandsTest {
    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForAPartOfARoleAndSaysWhichApprovalDecidesIt() {
        server.json("POST /api/v1/grants", 200, """
            {"id":"g1","kind":"grant","state":"pending","approval":"a1","role":"clear","target":"shop",
             "principal":{"name":"frank","kind":"person"},"actions":["sql:select"],"resources":["public.c.(id)"],
             "functions":[],"reason":"why","ticket":"","duration":"PT1H","single":true,"uses":0}\
            """);
        Prompt prompt = prompt();
        assertThat(prompt.run(
                        "grants",
                        "request",
                        "--role",
                        "clear",
                        "--target",
                        "shop",
                        "--action",
                        "sql:select",
                        "--resource",
                        "public.c.(id)",
                        "--single",
                        "--reason",
                        "why",
                        "--token-from",
                        "env:TOKEN"))
                .isZero();
        assertThat(server.requests("POST /api/v1/grants").getFirst().body())
                .isEqualTo("{\"role\":\"clear\",\"target\":\"shop\",\"actions\":[\"sql:select\"],"
                        + "\"resources\":[\"public.c.(id)\"],\"functions\":[],\"duration\":\"PT1H\",\"single\":true,"
                        + "\"reason\":\"why\",\"ticket\":\"\"}");
        assertThat(prompt.out()).contains("approval: a1").contains("lasts: PT1H, one command");
    }

    @Test
    void saysWhyTheGlassCannotBeBrokenNow() {
        server.json("GET /api/v1/break-glass/available", 200, """
            {"items":[{"name":"shop-down","role":"urgent","targets":["shop"],"longest":"PT1H","decidedBy":"auditors",
              "blocked":"Nobody has reviewed the last one."}]}\
            """);
        Prompt prompt = prompt();
        assertThat(prompt.run("break-glass", "available", "--token-from", "env:TOKEN"))
                .isZero();
        assertThat(prompt.out()).contains("shop-down").contains("not now: Nobody has reviewed the last one.");
    }

    @Test
    void reviewsInWords() {
        server.json("POST /api/v1/break-glass/b1/review", 200, """
            {"id":"b1","kind":"break-glass","state":"ended","review":{"by":"carol","finding":"justified","words":"seen all"}}\
            """);
        Prompt prompt = prompt();
        assertThat(prompt.run(
                        "break-glass",
                        "review",
                        "b1",
                        "--finding",
                        "justified",
                        "--words",
                        "seen all",
                        "--token-from",
                        "env:TOKEN"))
                .isZero();
        assertThat(prompt.out()).contains("review: justified by carol: seen all");
    }

    private Prompt prompt() {
        return new Prompt(home, server).with("TOKEN", "t");
    }
}
