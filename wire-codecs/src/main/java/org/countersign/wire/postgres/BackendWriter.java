package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.BackendMessage.BindComplete;
import org.countersign.wire.postgres.BackendMessage.CloseComplete;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.CopyBothResponse;
import org.countersign.wire.postgres.BackendMessage.CopyData;
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
import org.countersign.wire.postgres.BackendMessage.Plain;
import org.countersign.wire.postgres.BackendMessage.PortalSuspended;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.BackendMessage.Unknown;

/** Writes messages to a client. Masked rows are written with a {@link RowWriter}. */
public final class BackendWriter {
    private BackendWriter() {}

    /**
     * Writes one message.
     *
     * @throws IllegalArgumentException for what we never send, and for text with a NUL (in a diagnostic it becomes U+FFFD)
     */
    public static void write(BackendMessage message, ByteBuf out) {
        switch (message) {
            case Authentication authentication -> authentication(authentication, tagged(out, 'R'));
            case DataRow row -> row(row, out);
            case Plain plain -> plain(plain, out);
        }
    }

    private static void plain(Plain message, ByteBuf out) {
        switch (message) {
            case BackendKeyData(int processId, byte[] key) ->
                tagged(out, 'K').int32(processId).bytes(key).end();
            case ParameterStatus(String name, String value) ->
                tagged(out, 'S').string(name).string(value).end();
            case ReadyForQuery(TransactionStatus status) ->
                tagged(out, 'Z').int8(status.code()).end();
            case RowDescription(List<Column> columns) -> rowDescription(columns, tagged(out, 'T'));
            case ParameterDescription(List<Integer> types) -> parameterDescription(types, tagged(out, 't'));
            case CommandComplete(String tag) -> tagged(out, 'C').string(tag).end();
            case EmptyQueryResponse() -> MessageWriter.empty(out, 'I');
            case ErrorResponse(Diagnostic diagnostic) -> diagnostic(diagnostic, tagged(out, 'E'));
            case NoticeResponse(Diagnostic diagnostic) -> diagnostic(diagnostic, tagged(out, 'N'));
            case ParseComplete() -> MessageWriter.empty(out, '1');
            case BindComplete() -> MessageWriter.empty(out, '2');
            case CloseComplete() -> MessageWriter.empty(out, '3');
            case NoData() -> MessageWriter.empty(out, 'n');
            case PortalSuspended() -> MessageWriter.empty(out, 's');
            case NotificationResponse(int processId, String channel, String payload) ->
                tagged(out, 'A')
                        .int32(processId)
                        .string(channel)
                        .string(payload)
                        .end();
            case NegotiateProtocolVersion negotiation -> negotiation(negotiation, tagged(out, 'v'));
            case CopyInResponse(Format format, List<Format> columns) -> copy(out, 'G', format, columns);
            case CopyOutResponse(Format format, List<Format> columns) -> copy(out, 'H', format, columns);
            case CopyBothResponse(Format format, List<Format> columns) -> copy(out, 'W', format, columns);
            case CopyData(byte[] data) -> tagged(out, 'd').bytes(data).end();
            case CopyDone() -> MessageWriter.empty(out, 'c');
            case FunctionCallResponse response ->
                tagged(out, 'V').value(response.value()).end();
            case Unknown unknown -> throw new IllegalArgumentException("an unknown message is never sent");
        }
    }

    private static void authentication(Authentication authentication, MessageWriter writer) {
        switch (authentication) {
            case Authentication.Ok() -> writer.int32(0);
            case Authentication.CleartextPassword() -> writer.int32(3);
            case Authentication.Md5Password(byte[] salt) -> writer.int32(5).bytes(salt);
            case Authentication.Sasl(List<String> mechanisms) -> {
                writer.int32(10);
                mechanisms.forEach(writer::string);
                writer.int8(0);
            }
            case Authentication.SaslContinue(byte[] data) -> writer.int32(11).bytes(data);
            case Authentication.SaslFinal(byte[] data) -> writer.int32(12).bytes(data);
            case Authentication.Other other ->
                throw new IllegalArgumentException("authentication " + other.code() + " is never asked for");
        }
        writer.end();
    }

    private static void row(DataRow row, ByteBuf out) {
        RowWriter writer = new RowWriter(out, row.columns());
        for (int column = 0; column < row.columns(); column++) {
            writer.copy(row, column);
        }
        writer.end();
    }

    private static void rowDescription(List<Column> columns, MessageWriter writer) {
        writer.list(
                        columns,
                        column -> writer.string(column.name())
                                .int32(column.tableOid())
                                .int16(column.attribute())
                                .int32(column.typeOid())
                                .int16(column.typeSize())
                                .int32(column.typeModifier())
                                .count(column.format().code()))
                .end();
    }

    private static void parameterDescription(List<Integer> types, MessageWriter writer) {
        writer.list(types, writer::int32).end();
    }

    private static void negotiation(NegotiateProtocolVersion negotiation, MessageWriter writer) {
        writer.int32(negotiation.version()).int32(negotiation.unknownOptions().size());
        negotiation.unknownOptions().forEach(writer::string);
        writer.end();
    }

    private static void copy(ByteBuf out, char tag, Format format, List<Format> columns) {
        tagged(out, tag).int8(format.code()).formats(columns).end();
    }

    private static void diagnostic(Diagnostic diagnostic, MessageWriter writer) {
        diagnostic
                .fields()
                .forEach((field, text) -> writer.int8(fieldCode(field)).string(text.replace('\0', '\uFFFD')));
        writer.int8(0);
        writer.end();
    }

    private static int fieldCode(char field) {
        if (field == 0 || field > 0xff) {
            throw new IllegalArgumentException("no diagnostic field has the code " + (int) field);
        }
        return field;
    }

    private static MessageWriter tagged(ByteBuf out, char tag) {
        return MessageWriter.tagged(out, tag);
    }
}
