package org.countersign.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.BackendMessage.BindComplete;
import org.countersign.wire.postgres.BackendMessage.CloseComplete;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.CopyBothResponse;
import org.countersign.wire.postgres.BackendMessage.CopyDone;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.BackendMessage.CopyOutResponse;
import org.countersign.wire.postgres.BackendMessage.EmptyQueryResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.FunctionCallResponse;
import org.countersign.wire.postgres.BackendMessage.NegotiateProtocolVersion;
import org.countersign.wire.postgres.BackendMessage.NoData;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.BackendMessage.ParameterDescription;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;
import org.countersign.wire.postgres.BackendMessage.ParseComplete;
import org.countersign.wire.postgres.BackendMessage.PortalSuspended;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.BackendMessage.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendDecoderTest {
    private static final int LIMIT = 64;

    @Test
    void readsWhatTheWriterWrites() {
        List<BackendMessage> messages = List.of(
                new Authentication.Ok(),
                new Authentication.CleartextPassword(),
                new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                new ParameterStatus("server_version", "18.6"),
                new ReadyForQuery(TransactionStatus.FAILED),
                new RowDescription(List.of(
                        new Column("id", 16_412, (short) 1, 23, (short) 4, -1, Format.TEXT),
                        new Column("\u00e4", -1, (short) -2, -3, (short) -1, -1, Format.BINARY))),
                new ParameterDescription(List.of(23, -1)),
                new CommandComplete("SELECT 5"),
                new EmptyQueryResponse(),
                new ErrorResponse(Diagnostic.of("ERROR", "42501", "no").with(Diagnostic.HINT, "ask")),
                new NoticeResponse(Diagnostic.of("NOTICE", "00000", "held")),
                new ParseComplete(),
                new BindComplete(),
                new CloseComplete(),
                new NoData(),
                new PortalSuspended(),
                new NotificationResponse(7, "c", ""),
                new NegotiateProtocolVersion(0, List.of("_pq_.x")),
                new CopyInResponse(Format.TEXT, List.of(Format.TEXT)),
                new CopyOutResponse(Format.BINARY, List.of()),
                new CopyBothResponse(Format.TEXT, List.of()),
                new CopyDone());
        ByteBuf out = Unpooled.buffer();
        messages.forEach(message -> BackendWriter.write(message, out));

        assertThat(Wire.decode(new BackendDecoder(1 << 20), out)).isEqualTo(messages);
    }

    @Test
    void readsTheArraysThatTheWriterWrites() {
        ByteBuf out = Unpooled.buffer();
        BackendWriter.write(new BackendKeyData(7, new byte[] {1, 2, 3, 4}), out);
        BackendWriter.write(new Authentication.Md5Password(new byte[] {1, 2, 3, 4}), out);
        BackendWriter.write(new Authentication.SaslContinue(new byte[] {5}), out);
        BackendWriter.write(new Authentication.SaslFinal(new byte[] {6}), out);
        BackendWriter.write(new BackendMessage.CopyData(new byte[] {0}), out);

        List<Object> read = Wire.decodeByteByByte(new BackendDecoder(LIMIT), out);

        assertThat(((BackendKeyData) read.get(0)).key()).containsExactly(1, 2, 3, 4);
        assertThat(read.get(0)).hasToString("BackendKeyData[hidden]");
        assertThat(((Authentication.Md5Password) read.get(1)).salt()).containsExactly(1, 2, 3, 4);
        assertThat(((Authentication.SaslContinue) read.get(2)).data()).containsExactly(5);
        assertThat(((Authentication.SaslFinal) read.get(3)).data()).containsExactly(6);
        assertThat(((BackendMessage.CopyData) read.get(4)).data()).containsExactly(0);
    }

    @Test
    void readsARow() {
        DataRow row = (DataRow)
                decode("44 00000014 0003 00000002 6869 ffffffff 00000000").getFirst();

        assertThat(row.columns()).isEqualTo(3);
        assertThat(row.text(0)).isEqualTo("hi");
        assertThat(row.isNull(1)).isTrue();
        assertThat(row.value(1)).isNull();
        assertThat(row.text(1)).isNull();
        assertThat(row.value(2)).isEmpty();
        assertThat(row.valueBytes()).isEqualTo(2);
    }

    @Test
    void writesARowAsItWasAndMasked() {
        DataRow row = DataRow.of(Arrays.asList("a".getBytes(StandardCharsets.UTF_8), null, new byte[] {(byte) 0xff}));
        ByteBuf out = Unpooled.buffer();
        BackendWriter.write(row, out);
        new RowWriter(out, 3)
                .value("***".getBytes(StandardCharsets.UTF_8))
                .copy(row, 1)
                .value(null)
                .end();

        List<Object> read = Wire.decode(new BackendDecoder(LIMIT), out);

        DataRow same = (DataRow) read.get(0);
        assertThat(same.text(0)).isEqualTo("a");
        assertThat(same.isNull(1)).isTrue();
        assertThat(same.value(2)).containsExactly(0xff);
        assertThatThrownBy(() -> same.text(2)).isInstanceOf(WireException.class);
        DataRow masked = (DataRow) read.get(1);
        assertThat(masked.text(0)).isEqualTo("***");
        assertThat(masked.isNull(1)).isTrue();
        assertThat(masked.isNull(2)).isTrue();
    }

    @Test
    void rowWriterInsistsOnEveryValue() {
        assertThatThrownBy(() -> new RowWriter(Unpooled.buffer(), 1).end()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new RowWriter(Unpooled.buffer(), 0).value(null))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsErrorsThatAreNotUtf8AndHaveNoSqlState() {
        ErrorResponse error =
                (ErrorResponse) decode("45 0000000c 4d 61ff00 58 7800 00").getFirst();

        assertThat(error.diagnostic().message()).isEqualTo("a\uFFFD");
        assertThat(error.diagnostic().sqlState()).isEmpty();
        assertThat(error.diagnostic().severity()).isEmpty();
        assertThat(error.diagnostic().field(Diagnostic.DETAIL)).isEmpty();
        assertThat(error.diagnostic().field('X')).contains("x");
    }

    @Test
    void takesNothingForAnSqlStateThatHasNotItsForm() {
        assertThat(Diagnostic.of("ERROR", "42601", "").sqlState()).isEqualTo("42601");
        for (String other : List.of("", "4260", "426011", "42p01", "42 01", "42601\n", "42\u0660\u0660\u0660")) {
            assertThat(Diagnostic.of("ERROR", other, "").sqlState()).as(other).isEmpty();
        }
    }

    @Test
    void replacesNulInDiagnosticsThatAreWritten() {
        ByteBuf out = Unpooled.buffer();
        BackendWriter.write(new NoticeResponse(Diagnostic.of("NOTICE", "00000", "a\0b")), out);

        NoticeResponse notice =
                (NoticeResponse) Wire.decode(new BackendDecoder(LIMIT), out).getFirst();
        assertThat(notice.diagnostic().message()).isEqualTo("a\uFFFDb");
    }

    @Test
    void keepsOnlyTheNameOfWhatItDoesNotKnow() {
        assertThat(decode("52 0000000a 00000007 0102")).containsExactly(new Authentication.Other(7));
        assertThat(decode("56 00000008 ffffffff")).containsExactly(new FunctionCallResponse(null));
        assertThat(decode("7a 00000006 0102")).containsExactly(new Unknown((byte) 'z'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "44 00000000",
                "44 00000003",
                "44 00000041",
                "44 7fffffff",
                "44 80000000",
                "44 ffffffff",
                "44 00000005 00",
                "44 00000006 0001", // a column that is not there
                "44 00000006 ffff",
                "44 0000000a 0001 00000001", // a value that is not there
                "44 0000000a 0001 7fffffff",
                "44 0000000a 0001 fffffffe",
                "44 0000000b 0001 ffffffff 00", // a byte too many
                "44 0000000e 0002 00000004 00000000", // the first value eats the second's length
                "54 00000006 0001",
                "54 0000001a 0001 6100 00000000 0000 00000017 0004 ffffffff 0002", // format 2
                "54 0000001a 0001 ff00 00000000 0000 00000017 0004 ffffffff 0000", // name not UTF-8
                "74 00000006 0001",
                "5a 00000004",
                "5a 00000005 58",
                "5a 00000006 4949",
                "45 00000004", // no terminator
                "45 00000006 4d61",
                "45 0000000b 4d6100 4d6200 00", // the same field twice
                "45 00000006 0000",
                "52 00000006 0000",
                "52 00000009 00000000 00", // Ok with content
                "52 0000000b 00000005 010203", // salt of three bytes
                "52 0000000a 0000000a 4100", // mechanisms not terminated
                "4b 0000000b 00000007 010203", // key of three bytes
                "53 00000006 6100",
                "43 00000005 41",
                "41 00000008 00000007",
                "76 0000000c 00000000 ffffffff",
                "76 0000000c 00000000 7fffffff",
                "76 0000000e 00000000 00000002 6100",
                "47 00000007 02 0000", // copy format 2
                "47 00000007 00 0001",
                "31 00000005 00",
            })
    void refusesWhatIsMalformed(String message) {
        EmbeddedChannel channel = new EmbeddedChannel(new BackendDecoder(LIMIT));

        assertThatThrownBy(() -> channel.writeInbound(Wire.hex(message))).isInstanceOf(WireException.class);

        channel.writeInbound(Wire.hex("31 00000004"));
        assertThat(channel.<Object>readInbound())
                .as("nothing is read from a broken stream")
                .isNull();
        channel.finishAndReleaseAll();
    }

    private static List<Object> decode(String hex) {
        return Wire.decode(new BackendDecoder(LIMIT), Wire.hex(hex));
    }
}
