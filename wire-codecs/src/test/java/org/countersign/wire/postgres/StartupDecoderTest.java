package org.countersign.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.StartupPacket.CancelRequest;
import org.countersign.wire.postgres.StartupPacket.GssEncRequest;
import org.countersign.wire.postgres.StartupPacket.SslRequest;
import org.countersign.wire.postgres.StartupPacket.Startup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupDecoderTest {
    private static final String SSL = "00000008 04d2162f";
    private static final String GSS = "00000008 04d21630";
    /** user=a, database=b. */
    private static final String STARTUP = "0000001b 00030000 7573657200 6100 646174616261736500 6200 00";

    private final EmbeddedChannel channel = new EmbeddedChannel(new StartupDecoder());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void readsAStartupPacketWithItsParametersInOrder() {
        channel.writeInbound(Wire.hex(STARTUP));

        Startup startup = channel.readInbound();
        assertThat(startup.major()).isEqualTo(3);
        assertThat(startup.minor()).isZero();
        assertThat(startup.parameters()).containsExactly(entry("user", "a"), entry("database", "b"));
    }

    @Test
    void readsAPacketThatComesByteByByte() {
        assertThat(Wire.decodeByteByByte(new StartupDecoder(), Wire.hex(STARTUP)))
                .singleElement()
                .isInstanceOf(Startup.class);
    }

    @Test
    void readsRequestsForEncryptionAndThenTheStartup() {
        channel.writeInbound(Wire.hex(SSL));
        channel.writeInbound(Wire.hex(GSS));
        channel.writeInbound(Wire.hex(STARTUP));

        assertThat(channel.<Object>readInbound()).isEqualTo(new SslRequest());
        assertThat(channel.<Object>readInbound()).isEqualTo(new GssEncRequest());
        assertThat(channel.<Object>readInbound()).isInstanceOf(Startup.class);
    }

    @ParameterizedTest
    @CsvSource({"00020000,2,0", "00040001,4,1", "00000000,0,0", "ffffffff,65535,65535"})
    void readsNothingButTheVersionOfAnotherProtocol(String code, int major, int minor) {
        channel.writeInbound(Wire.hex("0000000c" + code + "61626364"));

        assertThat(channel.<Object>readInbound()).isEqualTo(new Startup(major, minor, new LinkedHashMap<>()));
    }

    @Test
    void readsACancelRequestWithAKeyOfAnyLengthThatExists() {
        channel.writeInbound(Wire.hex("00000014 04d2162e 00000007 0102030405060708"));

        CancelRequest cancel = channel.readInbound();
        assertThat(cancel.processId()).isEqualTo(7);
        assertThat(cancel.key()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(cancel).hasToString("CancelRequest[hidden]");
    }

    @ParameterizedTest
    @ValueSource(strings = {SSL, GSS, "00000010 04d2162e 00000007 01020304"})
    void refusesPlaintextGluedToAPacketThatStandsAlone(String packet) {
        refuses(packet + "00");
    }

    @ParameterizedTest
    @ValueSource(strings = {SSL, GSS})
    void refusesTheSameRequestTwice(String packet) {
        channel.writeInbound(Wire.hex(packet));
        channel.<Object>readInbound();

        refuses(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                "00000003",
                "00000007",
                "00002711",
                "7fffffff",
                "80000000",
                "ffffffff",
                "00000009 04d2162f 00", // SSLRequest with content
                "00000008 00030000", // no terminator
                "00000009 00030000 61", // name not terminated
                "0000000b 00030000 610062", // value not terminated
                "0000000c 00030000 61006200", // list not terminated
                "0000000a 00030000 0000", // something behind the terminator
                "00000011 00030000 61006200 61006300 00", // the same name twice
                "0000000d 00030000 ff006200 00", // name not UTF-8
                "0000000e 00030000 6100c080 00 00", // NUL written in two bytes
                "0000000f 04d2162e 00000007 010203", // key of three bytes
            })
    void refusesWhatIsMalformed(String packet) {
        refuses(packet);
    }

    @Test
    void refusesACancelKeyBeyondTheLimit() {
        ByteBuf packet = Unpooled.buffer();
        StartupWriter.write(new CancelRequest(1, new byte[257]), packet);

        assertThatThrownBy(() -> channel.writeInbound(packet)).isInstanceOf(WireException.class);
    }

    @Test
    void readsNothingMoreAfterAFailure() {
        refuses("ffffffff");

        channel.writeInbound(Wire.hex(STARTUP));

        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void leavesWhatFollowsTheStartupToTheNextDecoder() {
        channel.writeInbound(Wire.hex(STARTUP + "58 00000004"));
        channel.<Object>readInbound();

        channel.pipeline().addLast(new FrontendDecoder(100));
        channel.pipeline().remove(StartupDecoder.class);

        assertThat(channel.<Object>readInbound()).isEqualTo(new FrontendMessage.Terminate());
    }

    @Test
    void keepsNoMoreThanTheLimitBehindTheStartup() {
        channel.writeInbound(Wire.hex(STARTUP));

        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(new byte[10_001])))
                .isInstanceOf(WireException.class);
    }

    @Test
    void writerWritesWhatItReads() {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "\u00e4");
        parameters.put("database", "");
        ByteBuf packet = Unpooled.buffer();
        StartupWriter.write(new Startup(3, 2, parameters), packet);

        assertThat(Wire.decode(new StartupDecoder(), packet)).containsExactly(new Startup(3, 2, parameters));
    }

    @Test
    void writerRefusesWhatWouldReadAsSomethingElse() {
        SequencedMap<String, String> withNul = new LinkedHashMap<>();
        withNul.put("user", "a\0options\0-c");
        SequencedMap<String, String> withoutName = new LinkedHashMap<>();
        withoutName.put("", "a");

        assertThatThrownBy(() -> StartupWriter.write(new Startup(3, 0, withNul), Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StartupWriter.write(new Startup(3, 0, withoutName), Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refuses(String packet) {
        assertThatThrownBy(() -> channel.writeInbound(Wire.hex(packet))).isInstanceOf(WireException.class);
        assertThat(channel.<Object>readInbound()).isNull();
    }

    private static Map.Entry<String, String> entry(String name, String value) {
        return Map.entry(name, value);
    }
}
