package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.packet;
import static org.countersign.connector.Bytes.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in every state of a conversation: what the server says there, and what no server takes ends it. */
class WrongStateTest {
    private static final byte[] NONE = text("");
    private static final byte[] SYNC = message('S');
    private static final byte[] MARK = message('Q', text("select 'the-end-of-it'"));
    private static final byte[] ROLLBACK = message('Q', text("rollback"));
    private static final byte[] WRONG = message('D', new byte[] {'S'}, text("nowhere"));
    private static final byte[] PARSE = message('P', NONE, text("select 5"), int16(0));
    private static final byte[] BIND = message('B', NONE, NONE, int16(0), int16(0), int16(0));

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    @AfterEach
    void nobodyIsLeft() {
        await().until(() -> gateway.sessions() == 0);
    }

    private static Map<String, byte[]> messages() {
        var messages = new LinkedHashMap<String, byte[]>();
        messages.put("Query", message('Q', text("select 4")));
        messages.put("Parse", PARSE);
        messages.put("Bind", BIND);
        messages.put("Describe a statement", message('D', new byte[] {'S'}, NONE));
        messages.put("Describe a portal", message('D', new byte[] {'P'}, NONE));
        messages.put("Execute", message('E', NONE, int32(0)));
        messages.put("Close a statement", message('C', new byte[] {'S'}, NONE));
        messages.put("Close a portal", message('C', new byte[] {'P'}, NONE));
        messages.put("Flush", message('H'));
        messages.put("Sync", SYNC);
        messages.put("Terminate", message('X'));
        messages.put("CopyData", message('d', new byte[] {'1'}));
        messages.put("CopyDone", message('c'));
        messages.put("CopyFail", message('f', text("no")));
        messages.put("Password", message('p', text(TestCore.PASSWORD)));
        messages.put("StartupMessage", Bytes.startup("user", "frank", "database", "shop"));
        messages.put("SSLRequest", packet(80877103));
        messages.put("CancelRequest", packet(80877102, int32(1), int32(2)));
        messages.put("an unknown message", message('?'));
        messages.put("a server's message", message('Z', new byte[] {'I'}));
        return messages;
    }

    private static Map<String, byte[]> states() {
        var states = new LinkedHashMap<String, byte[]>();
        states.put("ready", new byte[0]);
        states.put("in a transaction", message('Q', text("begin")));
        states.put("in a failed transaction", join(message('Q', text("begin")), message('Q', text("select 1/0"))));
        states.put("in a pipeline", join(PARSE, BIND));
        states.put("behind an error", WRONG);
        states.put("behind an error in a transaction", join(message('Q', text("begin")), WRONG));
        states.put("behind a Flush", join(PARSE, message('H')));
        states.put("behind a failed copy", message('Q', text("copy nowhere from stdin")));
        return states;
    }

    static Stream<Arguments> everyMessageInEveryState() {
        return states().keySet().stream()
                .flatMap(state -> messages().keySet().stream().map(message -> Arguments.of(state, message)));
    }

    @ParameterizedTest
    @MethodSource("everyMessageInEveryState")
    void isTakenAsTheServerTakesIt(String state, String message) throws Exception {
        byte[] bytes = join(states().get(state), messages().get(message), SYNC, ROLLBACK, MARK);
        // nothing of a pipeline that its client leaves before the end is ever tried
        boolean untried = message.equals("Terminate") && state.startsWith("behind an error");
        both.expecting((direct, through) -> untried ? withoutLastError(direct) : direct)
                .same(client -> toTheMark(client.send(bytes)));
    }

    private static List<String> withoutLastError(List<String> told) {
        var rest = new ArrayList<>(told);
        assertThat(rest.remove(rest.size() - 2)).startsWith("ERROR ");
        return rest;
    }

    /** The answers up to the mark, or to the end of the connection. */
    private static List<String> toTheMark(RawClient client) {
        var told = new ArrayList<String>();
        while (!told.contains("[the-end-of-it]") && !told.contains("closed")) {
            told.addAll(client.answers(1));
        }
        return told;
    }

    static Stream<String> everyMessage() {
        return messages().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void getsNobodyInBeforeTheSignIn(String message) throws Exception {
        byte[] bytes = messages().get(message);
        for (byte[] before : List.of(new byte[0], Bytes.startup("user", "frank", "database", "shop"))) {
            boolean honest = before.length == 0
                    ? message.startsWith("Startup") || message.startsWith("SSL")
                    : message.equals("Password");
            if (honest) {
                continue;
            }
            try (var client = new ListeningClient(gateway.port())) {
                client.send(join(before, bytes, MARK));
                client.finish();
                client.hearOut();
                Heard heard = client.heard();
                assertThat(heard.stalled()).isFalse();
                assertThat(heard.count(Authentication.Ok.class)).isZero();
                assertThat(heard.messages())
                        .allMatch(said -> said instanceof ErrorResponse || said instanceof Authentication);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void waitsForItsTurnBehindAHoldOrEndsIt(String message) throws Exception {
        boolean ends = List.of(
                        "Terminate",
                        "StartupMessage",
                        "SSLRequest",
                        "CancelRequest",
                        "an unknown message",
                        "a server's message")
                .contains(message);
        try (var client = RawClient.signedIn(gateway.port(), "orders-agent", TestCore.PASSWORD)) {
            client.send(message('Q', text("update orders set note = 'wrong state' where id = 41")));
            assertThat(client.receive()).isInstanceOf(NoticeResponse.class);
            client.send(join(messages().get(message), SYNC));
            if (ends) {
                assertThat(client.answers(1)).endsWith("closed").doesNotContain("UPDATE 1");
                await().until(() -> gateway.core.approvals.values().stream().noneMatch(p -> p.state == State.PENDING));
            } else {
                assertThat(client.silent(100)).isTrue();
                gateway.core.settleAll(State.APPROVED);
                assertThat(client.answers(1)).containsExactly("UPDATE 1", "ready IDLE");
            }
        }
    }
}
