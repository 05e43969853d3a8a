package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTest {
    private static final String TOKEN = "POST /realm/token";

    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();
    private final List<Duration> pauses = new ArrayList<>();

    @BeforeEach
    void offerADeviceCode() {
        server.json("POST /realm/device", 200, """
                {"device_code":"d","user_code":"WDJB-MJHT","verification_uri":"http://login",
                 "verification_uri_complete":"http://login?user_code=WDJB-MJHT","interval":2,"expires_in":600}""");
        server.json("GET /api/v1/whoami", 200, "{\"name\":\"bob\",\"kind\":\"person\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int login(Prompt prompt) {
        return new picocli.CommandLine(new LoginCommand(prompt.terminal(), pauses::add))
                .setErr(prompt.terminal().err())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(e.getMessage());
                    return ((Failure) e).outcome().code();
                })
                .execute();
    }

    @Test
    void waitsForTheBrowserAndKeepsTheTokensForTheirOwnerAlone() throws IOException {
        server.json(TOKEN, 400, "{\"error\":\"authorization_pending\"}");
        server.json(TOKEN, 400, "{\"error\":\"slow_down\"}");
        server.json(TOKEN, 400, "{\"error\":\"authorization_pending\"}");
        server.json(TOKEN, 200, "{\"access_token\":\"first\",\"refresh_token\":\"r\",\"expires_in\":300}");
        var prompt = new Prompt(home, server);

        assertThat(login(prompt)).isZero();

        assertThat(prompt.out())
                .contains("http://login?user_code=WDJB-MJHT", "WDJB-MJHT")
                .doesNotContain("first");
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofSeconds(7));
        Path file = home.resolve("login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new Prompt(home, server).run("whoami")).isZero();
        assertThat(server.requests("GET /api/v1/whoami").getFirst().authorization())
                .isEqualTo("Bearer first");
    }

    @Test
    void renewsAnOldToken() {
        server.json(TOKEN, 200, "{\"access_token\":\"first\",\"refresh_token\":\"r\",\"expires_in\":5}");
        server.json(TOKEN, 200, "{\"access_token\":\"second\",\"refresh_token\":\"s\",\"expires_in\":300}");
        login(new Prompt(home, server));
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("whoami")).isZero();
        assertThat(new Prompt(home, server).run("whoami")).isZero();

        assertThat(prompt.out()).isEqualTo("bob (person)" + System.lineSeparator());
        assertThat(server.requests("GET /api/v1/whoami"))
                .hasSize(2)
                .allMatch(request -> request.authorization().equals("Bearer second"));
        assertThat(server.requests(TOKEN).getLast().body()).contains("grant_type=refresh_token", "refresh_token=r");
    }

    @Test
    void saysThatTheSignInIsOver() {
        server.json(TOKEN, 200, "{\"access_token\":\"first\",\"refresh_token\":\"r\",\"expires_in\":5}");
        server.json(TOKEN, 400, "{\"error\":\"invalid_grant\"}");
        login(new Prompt(home, server));
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("whoami")).isEqualTo(3);

        assertThat(prompt.err()).contains("run login again");
    }

    @Test
    void saysThatTheBrowserRefused() {
        server.json(TOKEN, 400, "{\"error\":\"access_denied\"}");
        var prompt = new Prompt(home, server);

        assertThat(login(prompt)).isEqualTo(3);
        assertThat(prompt.err()).contains("refused in the browser");
    }

    @Test
    void doesNotSendATokenOfAnotherIssuer() throws IOException {
        Files.writeString(
                home.resolve("login.json"),
                "{\"issuer\":\"http://other\",\"accessToken\":\"t\",\"expiresAt\":9999999999}");
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("whoami")).isEqualTo(3);

        assertThat(prompt.err()).contains("nobody is signed in");
        assertThat(server.requests("GET /api/v1/whoami")).isEmpty();
    }

    @Test
    void forgetsTheTokens() {
        server.json(TOKEN, 200, "{\"access_token\":\"first\",\"refresh_token\":\"r\",\"expires_in\":300}");
        login(new Prompt(home, server));

        assertThat(new Prompt(home, server).run("logout")).isZero();

        assertThat(home.resolve("login.json")).doesNotExist();
    }
}
