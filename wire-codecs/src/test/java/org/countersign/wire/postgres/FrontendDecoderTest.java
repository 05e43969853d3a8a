package org.countersign.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Close;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.CopyFail;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Flush;
import org.countersign.wire.postgres.FrontendMessage.FunctionCall;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.countersign.wire.postgres.FrontendMessage.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendDecoderTest {
    private static final int LIMIT = 64;

    @Test
    void readsEachMessage() {
        assertThat(decode("51 0000000d 73656c656374203100")).containsExactly(new Query("select 1"));
        assertThat(decode("50 00000014 7300 73656c00 0002 00000017 ffffffff"))
                .containsExactly(new Parse("s", "sel", List.of(23, -1)));
        assertThat(decode("44 00000007 53 7300")).containsExactly(new Describe(Subject.STATEMENT, "s"));
        assertThat(decode("43 00000006 50 00")).containsExactly(new Close(Subject.PORTAL, ""));
        assertThat(decode("45 0000000a 7000 00000005")).containsExactly(new Execute("p", 5));
        assertThat(decode("48 00000004 53 00000004 58 00000004 63 00000004"))
                .containsExactly(new Flush(), new Sync(), new Terminate(), new CopyDone());
        assertThat(decode("66 00000006 7800")).containsExactly(new CopyFail("x"));
    }

    @Test
    void readsAFunctionCallWithItsNulls() {
        FunctionCall call = (FunctionCall) decode("46 0000001a 00000064 0001 0001 0002 00000002 00ff ffffffff 0001")
                .getFirst();

        assertThat(call.functionOid()).isEqualTo(100);
        assertThat(call.argumentFormats()).containsExactly(Format.BINARY);
        assertThat(call.arguments()).hasSize(2);
        assertThat(call.arguments().getFirst()).containsExactly(0x00, 0xff);
        assertThat(call.arguments().getLast()).isNull();
        assertThat(call.resultFormat()).isEqualTo(Format.BINARY);
    }

    @Test
    void aFunctionCallThatContradictsItselfIsUnreadable() {
        assertThat(decode("46 00000016 00000064 0002 0000 0000 0001 ffffffff 0000"))
                .containsExactly(new Unreadable(
                        (byte) 'F', "08P01", "function call message contains 2 argument formats but 1 arguments"));
    }

    @Test
    void readsABindWithItsNulls() {
        Bind bind = (Bind) decode("42 0000001e 7000 7300 0001 0001 0002 00000002 00ff ffffffff 0002 0000 0001")
                .getFirst();

        assertThat(bind.portal()).isEqualTo("p");
        assertThat(bind.statement()).isEqualTo("s");
        assertThat(bind.values()).hasSize(2);
        assertThat(bind.values().getFirst()).containsExactly(0x00, 0xff);
        assertThat(bind.values().getLast()).isNull();
        assertThat(bind.parameterFormat(1)).isEqualTo(Format.BINARY);
        assertThat(bind.resultFormat(0)).isEqualTo(Format.TEXT);
        assertThat(bind.resultFormat(1)).isEqualTo(Format.BINARY);
        assertThatThrownBy(() -> bind.resultFormat(2)).isInstanceOf(WireException.class);
    }

    @Test
    void readsTheThreeShapesOfAPassword() {
        Password text = (Password) decode("70 00000009 6361666500").getFirst();
        Password initial = (Password) decode("70 0000000d 4d00 00000003 6e2c2c").getFirst();
        Password response = (Password) decode("70 00000007 633d62").getFirst();

        assertThat(text.text()).isEqualTo("cafe");
        assertThat(text).hasToString("Password[hidden]");
        assertThat(initial.saslInitial().mechanism()).isEqualTo("M");
        assertThat(initial.saslInitial().response())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("n,,");
        assertThat(response.saslResponse()).asString(StandardCharsets.US_ASCII).isEqualTo("c=b");
        assertThatThrownBy(response::text).isInstanceOf(WireException.class);
        assertThatThrownBy(text::saslInitial).isInstanceOf(WireException.class);
        assertThatThrownBy(new Password(new byte[] {'a', 0, 'b', 0})::text).isInstanceOf(WireException.class);
    }

    @Test
    void readsMessagesThatComeByteByByte() {
        String bytes = "51 0000000d 73656c656374203100 42 0000000c 00 00 0000 0000 0000 53 00000004";

        assertThat(Wire.decodeByteByByte(new FrontendDecoder(LIMIT), Wire.hex(bytes)))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "51 00000000",
                "51 00000003",
                "51 00000041", // one beyond the limit
                "51 7fffffff",
                "51 80000000",
                "51 ffffffff",
                "7a", // no message has this tag, whatever follows
                "00", // the first byte of a startup packet
            })
    void refusesWhatIsMalformed(String message) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrontendDecoder(LIMIT));

        assertThatThrownBy(() -> channel.writeInbound(Wire.hex(message))).isInstanceOf(WireException.class);

        channel.writeInbound(Wire.hex("53 00000004"));
        assertThat(channel.<Object>readInbound())
                .as("nothing is read from a broken stream")
                .isNull();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "51 00000004", // no string
                "51 00000006 6162", // not terminated
                "51 00000007 610062", // something behind the terminator
                "51 00000008 61006200",
                "51 00000006 ff00",
                "51 00000007 c08000", // NUL in two bytes
                "51 00000008 eda08000", // half of a surrogate pair
                "50 00000006 0000", // Parse without its count
                "50 00000008 0000 ffff", // 65,535 types that are not there
                "50 0000000b 0000 0001 000017",
                "42 00000008 0000 0002 ", // Bind that ends in its formats
                "42 00000010 0000 0000 0001 00000005 6162", // value longer than the content
                "42 00000010 0000 0000 0001 fffffffe 0000", // value of -2 bytes
                "42 00000010 0000 0000 0001 80000000 0000",
                "42 0000000e 0000 0001 0002 0000 0000", // format code 2
                "42 00000014 0000 0002 0000 0000 0001 ffffffff 0000", // two formats for one value
                "42 0000000d 0000 0000 0000 0000 00", // a byte too many
                "44 00000006 58 00", // Describe of neither
                "44 00000005 53",
                "45 00000008 00 000000", // Execute whose limit is cut
                "43 00000004",
                "48 00000005 00", // Flush with content
                "53 00000005 00", // Sync with content
                "46 00000006 0000",
                "66 00000006 ff00", // CopyFail that is not UTF-8
            })
    void readsTheNextMessageBehindOneThatMakesNoSense(String message) {
        List<Object> read = decode(message + "53 00000004");

        assertThat(read).hasSize(2);
        assertThat(read.getFirst())
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.tag())
                                .isEqualTo(Wire.hex(message).getByte(0)));
        assertThat(read.getLast()).isEqualTo(new Sync());
    }

    @Test
    void namesWhatMakesNoSenseAsPostgresDoes() {
        assertThat(decode("42 0000000e 0000 0001 0002 0000 0000"))
                .containsExactly(new Unreadable((byte) 'B', "22023", "unsupported format code: 2"));
        assertThat(decode("51 00000006 ff00"))
                .containsExactly(new Unreadable((byte) 'Q', "22021", "query is not UTF-8"));
        assertThat(decode("51 00000004"))
                .containsExactly(new Unreadable((byte) 'Q', "08P01", "query is not terminated"));
    }

    @Test
    void takesAPasswordOfPostgresLimitAndNoLongerOne() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrontendDecoder(1 << 20));
        ByteBuf out = Unpooled.buffer();
        FrontendWriter.write(Password.ofText("x".repeat(65_530)), out);
        channel.writeInbound(out);
        assertThat(channel.<Password>readInbound().text()).hasSize(65_530);

        assertThatThrownBy(() -> channel.writeInbound(Wire.hex("70 00010000"))).isInstanceOf(WireException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    void takesCopyDataUpToTheLimitAndNoLongerOne() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrontendDecoder(1 << 20));
        ByteBuf out = Unpooled.buffer();
        FrontendWriter.write(new CopyData(new byte[(1 << 20) - 4]), out);
        channel.writeInbound(out);
        assertThat(channel.<CopyData>readInbound().data()).hasSize((1 << 20) - 4);

        assertThatThrownBy(() -> channel.writeInbound(Wire.hex("64 00100001"))).isInstanceOf(WireException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    void holdsSmallMessagesToASmallLimit() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrontendDecoder(1 << 20));

        assertThatThrownBy(() -> channel.writeInbound(Wire.hex("43 00002711"))).isInstanceOf(WireException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    void takesANewLimitFromTheNextMessageOn() {
        FrontendDecoder decoder = new FrontendDecoder(8);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Wire.hex("51 00000008 61626300"));
        decoder.limit(9);
        channel.writeInbound(Wire.hex("51 00000009 6162636400"));

        assertThat(channel.<Object>readInbound()).isEqualTo(new Query("abc"));
        assertThat(channel.<Object>readInbound()).isEqualTo(new Query("abcd"));
        channel.finishAndReleaseAll();
    }

    @Test
    void readsWhatTheWriterWrites() {
        List<FrontendMessage> messages = List.of(
                new Query("select '\u00e9\uD83D\uDE00'"),
                new Parse("s", "select $1", List.of(23, 0)),
                new Describe(Subject.PORTAL, "p"),
                new Execute("p", 0),
                new Close(Subject.STATEMENT, "s"),
                new Flush(),
                new Sync(),
                new CopyDone(),
                new CopyFail("no"),
                new Terminate());
        ByteBuf out = Unpooled.buffer();
        messages.forEach(message -> FrontendWriter.write(message, out));

        assertThat(Wire.decode(new FrontendDecoder(1 << 20), out)).isEqualTo(messages);
    }

    @Test
    void readsTheArraysThatTheWriterWrites() {
        ByteBuf out = Unpooled.buffer();
        FrontendWriter.write(
                new Bind("p", "s", List.of(), Arrays.asList(new byte[] {1, 0}, null), List.of(Format.BINARY)), out);
        FrontendWriter.write(new CopyData(new byte[] {0, 1, 2}), out);
        FrontendWriter.write(Password.ofText("s\u00e9cret"), out);
        FrontendWriter.write(Password.ofSaslInitial("SCRAM-SHA-256", new byte[] {1}), out);

        List<Object> read = Wire.decode(new FrontendDecoder(1 << 20), out);

        Bind bind = (Bind) read.get(0);
        assertThat(bind.values().get(0)).containsExactly(1, 0);
        assertThat(bind.values().get(1)).isNull();
        assertThat(bind.resultFormats()).containsExactly(Format.BINARY);
        assertThat(((CopyData) read.get(1)).data()).containsExactly(0, 1, 2);
        assertThat(((Password) read.get(2)).text()).isEqualTo("s\u00e9cret");
        assertThat(((Password) read.get(3)).saslInitial().mechanism()).isEqualTo("SCRAM-SHA-256");
        assertThat(((Password) read.get(3)).saslInitial().response()).containsExactly(1);
    }

    @Test
    void writerRefusesTextThatWouldBecomeASecondMessage() {
        assertThatThrownBy(() -> FrontendWriter.write(new Query("select 1\0X"), Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writerRefusesMoreValuesThanACountHolds() {
        Bind bind = new Bind("", "", List.of(), Collections.nCopies(65_536, null), List.of());

        assertThatThrownBy(() -> FrontendWriter.write(bind, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAsManyValuesAsACountHolds() {
        ByteBuf out = Unpooled.buffer();
        FrontendWriter.write(new Bind("", "", List.of(), Collections.nCopies(65_535, null), List.of()), out);

        Bind bind = (Bind) Wire.decode(new FrontendDecoder(1 << 20), out).getFirst();
        assertThat(bind.values()).hasSize(65_535);
    }

    private static List<Object> decode(String hex) {
        return Wire.decode(new FrontendDecoder(LIMIT), Wire.hex(hex));
    }
}
