package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {
    private static final String METRICS = "GET /api/v1/metrics";

    @TempDir
    Path home;

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsWhatThereIsNow() {
        server.answer(METRICS, 200, "text/plain", """
                # HELP countersign_gateway_connections open
                # TYPE countersign_gateway_connections gauge
                countersign_gateway_connections 9
                countersign_gateway_connections_refused_total 70
                countersign_gateway_held 2
                countersign_gateway_held_timed_out_total 71
                countersign_gateway_sessions 7
                countersign_gateway_sessions_opened_total 72
                """);

        assertThat(traffic(Optional.of("env:TOKEN"))).isEqualTo(new Traffic.Known(9, 7, 2));
        assertThat(server.requests(METRICS).getFirst().authorization()).isEqualTo("Bearer t");
    }

    @Test
    void saysWhyItDoesNotKnow() {
        server.answer(
                METRICS,
                403,
                "application/problem+json",
                "{\"title\":\"Not allowed\",\"status\":403,\"detail\":\"Only auditors.\"}");

        assertThat(traffic(Optional.of("env:TOKEN"))).isEqualTo(new Traffic.Unknown("Not allowed: Only auditors."));
        assertThat(traffic(Optional.empty()))
                .isEqualTo(new Traffic.Unknown("nobody is signed in; run login, or give --token-from"));
    }

    @Test
    void doesNotTakeAnythingForANumber() {
        server.answer(METRICS, 200, "text/plain", "countersign_gateway_connections\n");

        assertThat(traffic(Optional.of("env:TOKEN"))).isInstanceOf(Traffic.Unknown.class);
    }

    private Traffic traffic(Optional<String> tokenFrom) {
        return Traffic.now(new Prompt(home, server).with("TOKEN", "t").terminal(), tokenFrom);
    }
}
