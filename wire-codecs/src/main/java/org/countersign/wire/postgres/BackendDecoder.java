package org.countersign.wire.postgres;

import java.util.ArrayList;
import java.util.List;
import org.countersign.wire.WireException;
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
import org.countersign.wire.postgres.BackendMessage.PortalSuspended;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.BackendMessage.Unknown;

/**
 * Decodes a target's messages into {@link BackendMessage}s. The target is hostile input too. The one-byte answer to an
 * SSLRequest is not a message and is read before this decoder takes its place.
 */
public final class BackendDecoder extends MessageDecoder {
    private static final int MD5_SALT_BYTES = 4;
    private static final int MIN_KEY_BYTES = 4;
    private static final int MAX_KEY_BYTES = 256;
    /** Bytes a column takes in a RowDescription at least: its terminator and its six numbers. */
    private static final int MIN_COLUMN_BYTES = 19;

    /** @param maxMessageBytes bytes, counting the length field but not the tag; see {@link #limit} */
    public BackendDecoder(int maxMessageBytes) {
        super(maxMessageBytes);
    }

    @Override
    int limitOf(byte tag, int maxMessageBytes) {
        return maxMessageBytes;
    }

    @Override
    BackendMessage message(byte tag, Body body) {
        BackendMessage message = content(tag, body);
        body.end("message 0x" + Integer.toHexString(tag & 0xff));
        return message;
    }

    private static BackendMessage content(byte tag, Body body) {
        return switch (tag) {
            case 'R' -> authentication(body);
            case 'K' -> keyData(body);
            case 'S' -> new ParameterStatus(body.string("parameter name"), body.string("parameter value"));
            case 'Z' -> new ReadyForQuery(TransactionStatus.of(body.int8("status")));
            case 'T' -> new RowDescription(body.list(MIN_COLUMN_BYTES, "columns", () -> column(body)));
            case 't' -> new ParameterDescription(body.list(Integer.BYTES, "types", () -> body.int32("type")));
            case 'D' -> DataRow.read(body);
            case 'C' -> new CommandComplete(body.string("command tag"));
            case 'I' -> new EmptyQueryResponse();
            case 'E' -> new ErrorResponse(Diagnostic.read(body));
            case 'N' -> new NoticeResponse(Diagnostic.read(body));
            case '1' -> new ParseComplete();
            case '2' -> new BindComplete();
            case '3' -> new CloseComplete();
            case 'n' -> new NoData();
            case 's' -> new PortalSuspended();
            case 'A' ->
                new NotificationResponse(body.int32("process id"), body.string("channel"), body.string("payload"));
            case 'v' -> negotiation(body);
            case 'G' -> new CopyInResponse(copyFormat(body), copyColumns(body));
            case 'H' -> new CopyOutResponse(copyFormat(body), copyColumns(body));
            case 'W' -> new CopyBothResponse(copyFormat(body), copyColumns(body));
            case 'd' -> new CopyData(body.rest());
            case 'c' -> new CopyDone();
            case 'V' -> functionCallResponse(body);
            default -> unknown(tag, body);
        };
    }

    private static Authentication authentication(Body body) {
        int code = body.int32("authentication code");
        return switch (code) {
            case 0 -> new Authentication.Ok();
            case 3 -> new Authentication.CleartextPassword();
            case 5 -> new Authentication.Md5Password(body.bytes(MD5_SALT_BYTES, "salt"));
            case 10 -> new Authentication.Sasl(mechanisms(body));
            case 11 -> new Authentication.SaslContinue(body.rest());
            case 12 -> new Authentication.SaslFinal(body.rest());
            default -> otherAuthentication(code, body);
        };
    }

    private static List<String> mechanisms(Body body) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = body.string("mechanism"); !name.isEmpty(); name = body.string("mechanism")) {
            mechanisms.add(name);
        }
        return mechanisms;
    }

    private static Authentication otherAuthentication(int code, Body body) {
        body.rest();
        return new Authentication.Other(code);
    }

    private static BackendKeyData keyData(Body body) {
        int processId = body.int32("process id");
        int keyBytes = body.remaining();
        if (keyBytes < MIN_KEY_BYTES || keyBytes > MAX_KEY_BYTES) {
            throw new WireException("cancel key has " + keyBytes + " bytes, limit " + MAX_KEY_BYTES);
        }
        return new BackendKeyData(processId, body.rest());
    }

    private static Column column(Body body) {
        return new Column(
                body.string("column name"),
                body.int32("table"),
                body.int16("attribute"),
                body.int32("type"),
                body.int16("type size"),
                body.int32("type modifier"),
                Format.of(body.uint16("format")));
    }

    private static NegotiateProtocolVersion negotiation(Body body) {
        int version = body.int32("version");
        int count = body.int32("option count");
        if (count < 0 || count > body.remaining()) {
            throw new WireException("negotiation declares " + count + " options, content left " + body.remaining());
        }
        List<String> options = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            options.add(body.string("option"));
        }
        return new NegotiateProtocolVersion(version, options);
    }

    private static Format copyFormat(Body body) {
        return Format.of(body.int8("copy format"));
    }

    private static List<Format> copyColumns(Body body) {
        return body.list(Short.BYTES, "copy formats", () -> Format.of(body.uint16("format")));
    }

    private static FunctionCallResponse functionCallResponse(Body body) {
        return new FunctionCallResponse(body.value("result"));
    }

    private static Unknown unknown(byte tag, Body body) {
        body.rest();
        return new Unknown(tag);
    }
}
