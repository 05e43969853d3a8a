package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Messages.execute;
import static org.countersign.connector.Messages.parse;
import static org.countersign.connector.Messages.query;
import static org.countersign.connector.Messages.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.countersign.journal.Entry;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client typed itself is recorded as an answer would show it to that client. */
class TypedByClientsTest {
    private static final String CARD = "4111111111111111";

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    private final List<String> frames = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void listen() {
        gateway.log = (session, entries) -> {
            for (Entry entry : entries) {
                frames.add(new String(entry.payload(), StandardCharsets.UTF_8));
            }
            return gateway.written.append(session, entries);
        };
    }

    @Test
    void recordsConstantsAndBoundValuesMasked() throws Exception {
        try (var client = gateway.signIn("support-agent")) {
            client.send(query("select id from customers where full_name = '" + CARD + "'"));
            assertThat(client.answers(1)).contains("SELECT 0");
            client.send(
                    parse("", "select id from customers where full_name = $1"),
                    new Bind(
                            "",
                            "",
                            List.of(Format.BINARY),
                            Collections.singletonList(CARD.getBytes(StandardCharsets.UTF_8)),
                            List.of()),
                    execute(""),
                    sync());
            assertThat(client.answers(1)).contains("SELECT 0");
            client.send(query("select nonsense '" + CARD + "' from nowhere"));
            client.answers(1);
        }
        assertThat(frames).noneMatch(frame -> frame.contains(CARD));
        assertThat(frames).anyMatch(frame -> frame.contains("full_name = '411111******1111'"));
        assertThat(frames).anyMatch(frame -> frame.contains("\"value\":\"411111******1111\""));
    }

    @Test
    void recordsNothingThatAnyDetectorFindsWhenNothingCanBeDecided() throws Exception {
        try (var client = gateway.signIn("support-agent")) {
            gateway.core.deskBroken = true;
            client.send(query("select 'somebody@mail.example', '" + CARD + "'"));
            client.answers(1);
        } finally {
            gateway.core.deskBroken = false;
        }
        assertThat(frames).noneMatch(frame -> frame.contains(CARD) || frame.contains("mail.example"));
        assertThat(frames).anyMatch(frame -> frame.contains("\"text\":\"select ***', '***'\""));
    }
}
