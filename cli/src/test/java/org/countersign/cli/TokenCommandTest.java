package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    private static final String TOKEN = "POST /realm/token";

    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void printsTheTokenAndNothingElse() throws IOException {
        server.json(TOKEN, 200, "{\"access_token\":\"aaa.bbb.ccc\",\"expires_in\":300}");
        Path agents = Files.createDirectories(home.resolve("secrets/agents"));
        Files.writeString(agents.resolve("orders-agent"), "orders+agent:demo\n");
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("token", "--agent", "orders-agent")).isZero();

        assertThat(prompt.out()).isEqualTo("aaa.bbb.ccc" + System.lineSeparator());
        assertThat(prompt.err()).isEmpty();
        FakeServer.Request request = server.requests(TOKEN).getFirst();
        assertThat(request.body()).isEqualTo("grant_type=client_credentials");
        assertThat(new String(
                        Base64.getDecoder().decode(request.authorization().substring("Basic ".length())),
                        StandardCharsets.UTF_8))
                .isEqualTo("orders-agent:orders%2Bagent%3Ademo");
    }

    @Test
    void takesASecretFromTheEnvironmentAFileAndStandardInput() throws IOException {
        server.json(TOKEN, 200, "{\"access_token\":\"t\"}");
        Path file = Files.writeString(home.resolve("secret"), "s1");

        assertThat(new Prompt(home, server).with("S", "s1").run("token", "--agent", "a", "--secret-from", "env:S"))
                .isZero();
        assertThat(new Prompt(home, server).run("token", "--agent", "a", "--secret-from", "file:" + file))
                .isZero();
        assertThat(new Prompt(home, server).typing("s1\n").run("token", "--agent", "a", "--secret-from", "-"))
                .isZero();

        assertThat(server.requests(TOKEN))
                .hasSize(3)
                .allMatch(request -> request.authorization().equals("Basic YTpzMQ=="));
    }

    @Test
    void usesADirectGrantForAPerson() {
        server.json(TOKEN, 200, "{\"access_token\":\"t\"}");
        var prompt = new Prompt(home, server).with("P", "bob-demo");

        assertThat(prompt.run("token", "--person", "bob", "--password-from", "env:P"))
                .isZero();

        assertThat(server.requests(TOKEN).getFirst().body())
                .isEqualTo("grant_type=password&client_id=countersign-cli&username=bob&password=bob-demo");
    }

    @Test
    void saysThatTheSecretIsWrongWithoutShowingIt() {
        server.json(TOKEN, 401, "{\"error\":\"unauthorized_client\"}");
        var prompt = new Prompt(home, server).with("S", "hunter2");

        assertThat(prompt.run("token", "--agent", "orders-agent", "--secret-from", "env:S"))
                .isEqualTo(3);

        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err())
                .contains("orders-agent", "wrong secret", "env:S", "unauthorized_client")
                .doesNotContain("hunter2");
    }

    @Test
    void saysThatNoSecretIsKnown() {
        var prompt = new Prompt(home, server);

        assertThat(prompt.run("token", "--agent", "nobody")).isEqualTo(3);

        assertThat(prompt.err()).contains("no secret of nobody is known", "--secret-from");
    }

    @Test
    void saysThatTheIssuerDoesNotAnswer() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var prompt = new Prompt(home, server)
                .with("COUNTERSIGN_OIDC_ISSUER", "http://localhost:" + closed + "/realm")
                .with("S", "s");

        assertThat(prompt.run("token", "--agent", "a", "--secret-from", "env:S"))
                .isEqualTo(4);

        assertThat(prompt.err()).contains("the identity provider does not answer at http://localhost:" + closed);
    }

    @Test
    void refusesAnIssuerThatCallsItselfOtherwise() {
        var prompt = new Prompt(home, server)
                .with("COUNTERSIGN_OIDC_ISSUER", server.issuer().replace("localhost", "127.0.0.1"))
                .with("S", "s");

        assertThat(prompt.run("token", "--agent", "a", "--secret-from", "env:S"))
                .isEqualTo(4);
    }

    @Test
    void neverQuotesASecretGivenOnTheCommandLine() {
        for (String[] misuse : new String[][] {
            {"token", "--agent", "a", "--secret-from", "hunter2"},
            {"token", "--agent", "a", "--secret=hunter2"},
            {"token", "--agent", "a", "--secret", "hunter2"},
            {"token", "--agent", "a", "hunter2"},
        }) {
            var prompt = new Prompt(home, server);
            assertThat(prompt.run(misuse)).isEqualTo(2);
            assertThat(prompt.err()).isNotEmpty().doesNotContain("hunter2");
        }
    }

    @Test
    void readsNoSecretOutsideItsDirectory() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("secrets/agents")).resolve("../x"), "s");

        assertThat(new Prompt(home, server).run("token", "--agent", "../x")).isEqualTo(2);
    }

    @Test
    void refusesAPortOffsetThatIsNone() {
        var prompt =
                new Prompt(home, server).with("COUNTERSIGN_PORT_OFFSET", "ten").with("S", "s");

        assertThat(prompt.run("token", "--agent", "a", "--secret-from", "env:S"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("COUNTERSIGN_PORT_OFFSET");
    }
}
