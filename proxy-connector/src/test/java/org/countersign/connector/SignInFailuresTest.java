package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.countersign.model.CountersignError;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.StartupPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is not let in, or put out, learns why and what to do. */
class SignInFailuresTest {
    private static final String AGAIN = "Try again; if it stays so, tell an administrator.";
    private static final String SUSPENDED = "The session was ended: alice was suspended by erin.";

    @TempDir
    static Path directory;

    @Started
    private static DemoTarget target;

    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path journal) throws IOException {
        gateway = new TestGateway(target.upstream(), journal, 0, Optional.empty());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void tokenThatIsRefusedIsRefusedInTheWordsOfTheCore() throws Exception {
        assertThat(refusal(gateway, "wrong")).isEqualTo("FATAL 28P01 The token is not valid. / Get another.");
    }

    @Test
    void coreThatIsAwayLetsNobodyIn() throws Exception {
        gateway.core.deskBroken = true;
        assertThat(refusal(gateway, TestCore.PASSWORD))
                .isEqualTo("FATAL 57P03 The gateway cannot check who you are right now."
                        + " / Try again shortly; if it lasts, tell an administrator.");
    }

    @Test
    void targetThatIsDownIsNamed(@TempDir Path journal) throws Exception {
        var nowhere = new Upstream(
                "127.0.0.1", FreePort.find(), "shop", target.upstream().tls(), "nobody", new Secret("x"));
        try (var other = new TestGateway(nowhere, journal, 0, Optional.empty())) {
            assertThat(refusal(other, TestCore.PASSWORD))
                    .isEqualTo("FATAL 08006 The target \"shop\" cannot be reached. / " + AGAIN);
        }
    }

    @Test
    void sessionThatCannotBeRecordedDoesNotOpen() throws Exception {
        gateway.log = (session, frames) -> CompletableFuture.failedStage(new IOException("the disk is gone"));
        assertThat(refusal(gateway, TestCore.PASSWORD))
                .isEqualTo("FATAL SD006 The gateway cannot record this session, so it ends. / Connect again shortly;"
                        + " if it stays so, tell an administrator that the recordings cannot be written.");
    }

    @Test
    void sessionThatTheCoreEndsSaysWhyAndWithdrawsWhatIsHeld() throws Exception {
        try (var idle = gateway.signIn("frank");
                var held = gateway.signIn("orders-agent")) {
            held.send(new Query("update orders set note = 'held' where id = 7"));
            await().until(() -> gateway.core.approvals.size() == 1);

            gateway.core.sessions.values().forEach(live -> live.terminate(CountersignError.SESSION_ENDED, SUSPENDED));

            assertThat(failure(idle)).isEqualTo("FATAL 57P01 " + SUSPENDED + " / ");
            assertThat(failure(held)).isEqualTo("FATAL 57P01 " + SUSPENDED + " / ");
            assertThat(idle.answers(1)).containsExactly("closed");
            await().until(() ->
                    gateway.core.approvals.values().stream().allMatch(approval -> approval.state == State.WITHDRAWN));
            await().until(() -> gateway.sessions() == 0 && gateway.core.sessions.isEmpty());
        }
    }

    private static String refusal(TestGateway gateway, String password) throws Exception {
        try (var client = new RawClient(gateway.port())) {
            client.send(new StartupPacket.Startup(
                    3, 0, new java.util.LinkedHashMap<>(Map.of("user", "frank", "database", "shop"))));
            assertThat(client.receive()).isInstanceOf(Authentication.CleartextPassword.class);
            client.send(Password.ofText(password));
            return failure(client);
        }
    }

    /** The next error: severity, code, message and hint. */
    private static String failure(RawClient client) throws IOException {
        for (BackendMessage message = client.receive(); ; message = client.receive()) {
            if (message instanceof ErrorResponse error) {
                Diagnostic said = error.diagnostic();
                return said.severity() + " " + said.sqlState() + " " + said.message() + " / "
                        + said.field(Diagnostic.HINT).orElse("");
            }
        }
    }
}
