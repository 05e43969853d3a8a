package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.text;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are wrong inside, and lengths that are wrong: the gateway takes them as PostgreSQL itself does. */
class MalformedMessagesTest {
    private static final byte[] SYNC = message('S');
    private static final byte[] SELECT = message('Q', text("select 7"));
    private static final byte[] NUL = {'a', 0, 'b', 0};
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xff, 0};
    private static final byte[] SURROGATE = {(byte) 0xed, (byte) 0xa0, (byte) 0x80, 0};
    private static final byte[] LONG_NUL = {(byte) 0xc0, (byte) 0x80, 0};
    private static final byte[] OPEN = {'a'};

    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @Started
    private static Comparison both;

    static Stream<Named<byte[]>> wrongTexts() {
        return Stream.of(
                Named.of("a NUL", NUL),
                Named.of("bytes that are no UTF-8", NOT_UTF8),
                Named.of("half of a surrogate pair", SURROGATE),
                Named.of("a NUL in two bytes", LONG_NUL),
                Named.of("no terminator", OPEN),
                Named.of("nothing", new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void answersAWrongTextInAnyFieldAsTheServerDoes(byte[] text) throws Exception {
        byte[] none = text("");
        byte[] select = text("select $1::text");
        both.same(2, message('Q', text), SELECT);
        both.same(2, message('P', text, select, int16(0)), SYNC, SELECT);
        both.same(2, message('P', none, text, int16(0)), SYNC, SELECT);
        refusedAlike(bound(text, none));
        refusedAlike(bound(none, text));
        both.same(2, message('D', new byte[] {'S'}, text), SYNC, SELECT);
        both.same(2, message('D', new byte[] {'P'}, text), SYNC, SELECT);
        both.same(2, message('C', new byte[] {'S'}, text), SYNC, SELECT);
        both.same(2, message('C', new byte[] {'P'}, text), SYNC, SELECT);
        both.same(2, message('E', text, int32(0)), SYNC, SELECT);
        both.same(1, message('f', text), SELECT);
    }

    static Stream<Named<byte[]>> wrongContents() {
        byte[] none = text("");
        byte[] names = join(none, none);
        return Stream.of(
                Named.of("Parse without its count", message('P', none, text("select 1"))),
                Named.of("Parse with types that are not there", message('P', names, int16(0xffff))),
                Named.of("Parse with bytes behind its types", message('P', none, text("select 1"), int16(0), OPEN)),
                Named.of("Bind that ends in its formats", message('B', names, int16(2))),
                Named.of("Bind with values that are not there", message('B', names, int16(0), int16(0xffff))),
                Named.of("a value longer than the content", value(int32(5), OPEN)),
                Named.of("a value of -2 bytes", value(int32(-2))),
                Named.of("a value of 2^31-1 bytes", value(int32(Integer.MAX_VALUE))),
                Named.of("a value of -2^31 bytes", value(int32(Integer.MIN_VALUE))),
                Named.of("an unknown format", message('B', names, int16(1), int16(7), value1(), int16(0))),
                Named.of(
                        "two formats for one value",
                        message('B', names, int16(2), int16(0), int16(0), value1(), int16(0))),
                Named.of("Bind with a byte too many", join(message('B', names, int16(0), value1(), int16(0), OPEN))),
                Named.of("Describe of neither", message('D', new byte[] {'X'}, none)),
                Named.of("Describe of nothing", message('D')),
                Named.of("Close of neither", message('C', new byte[] {'X'}, none)),
                Named.of("Execute whose limit is cut", message('E', none, new byte[3])),
                Named.of("Execute with a byte too many", message('E', none, int32(0), OPEN)),
                Named.of("Flush with content", message('H', OPEN)));
    }

    @ParameterizedTest
    @MethodSource("wrongContents")
    void passesOverWhatFollowsAWrongContentUpToTheSync(byte[] wrong) throws Exception {
        byte[] run = join(bound(text(""), text("")), message('E', text(""), int32(0)));
        both.same(2, parsed(), wrong, run, SELECT, SYNC, SELECT);
        both.same(
                4,
                message('Q', text("begin")),
                message('Q', text("select 1")),
                parsed(),
                wrong,
                SYNC,
                message('Q', text("rollback")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "select 1"})
    void answersASyncWithContentAsTheServerDoes(String before) throws Exception {
        byte[] wrong = message('S', OPEN);
        both.same(3, message('Q', text(before)), wrong, SELECT);
        both.same(3, message('Q', text(before)), message('D', new byte[] {'X'}), parsed(), wrong, SELECT);
    }

    @ParameterizedTest
    @ValueSource(chars = {'X', 'c', 'd', 'f'})
    void takesNoNoticeOfTheContentThatTheServerIgnores(char tag) throws Exception {
        both.same(tag == 'X' ? 2 : 1, message(tag, OPEN), SELECT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 30) + 1})
    void endsTheSessionAtALengthThatCannotBe(int declared) throws Exception {
        for (char tag : "QPBDECHSXpdcfF".toCharArray()) {
            try (var client = gateway.signIn("frank")) {
                client.send(join(SELECT, message(tag, declared, OPEN), SELECT));
                assertThat(client.answers(2))
                        .as("%s", tag)
                        .containsAnyOf("FATAL 08P01", "FATAL 54000")
                        .contains("[7]", "ready IDLE")
                        .endsWith("closed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'D', 'E', 'C', 'H', 'S', 'X', 'c', 'f'})
    void holdsSmallMessagesToTheServersLimit(char tag) throws Exception {
        for (int declared : new int[] {10_001, 1 << 20}) {
            try (var client = gateway.signIn("frank")) {
                client.send(message(tag, declared, OPEN));
                assertThat(client.answers(1)).containsExactly("FATAL 08P01", "closed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {'?', 'A', 'R', 'Z', 0, 0xff, 'q'})
    void endsTheSessionAtAMessageTheProtocolDoesNotHave(int tag) throws Exception {
        both.same(2, SELECT, message((char) tag, OPEN), SELECT);
    }

    private static byte[] parsed() {
        return message('P', text(""), text("select 'x' where $1::text is null"), int16(0));
    }

    private static byte[] bound(byte[] portal, byte[] statement) {
        return message('B', portal, statement, int16(0), value1(), int16(0));
    }

    /** One value of one byte, with its count. */
    private static byte[] value1() {
        return join(int16(1), int32(1), OPEN);
    }

    /** A Bind of one value. */
    private static byte[] value(byte[]... value) {
        return message('B', text(""), text(""), int16(0), int16(1), join(value), int16(0));
    }

    /** A Bind can be wrong and name what does not exist; which of the two is told is open. */
    private static void refusedAlike(byte[] bind) throws Exception {
        both.expecting((direct, through) -> direct.contains("ERROR 26000") && through.contains("ERROR 08P01")
                        ? direct.stream()
                                .map(told -> told.equals("ERROR 26000") ? "ERROR 08P01" : told)
                                .toList()
                        : direct)
                .same(2, parsed(), bind, SYNC, SELECT);
    }
}
