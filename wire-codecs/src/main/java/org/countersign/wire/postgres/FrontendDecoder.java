package org.countersign.wire.postgres;

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
import org.jspecify.annotations.Nullable;

/**
 * Decodes a client's messages after start-up into {@link FrontendMessage}s. Where PostgreSQL answers a message it cannot
 * read with an error and goes on, such a message becomes {@link FrontendMessage.Unreadable}; any other breaks the stream.
 */
public final class FrontendDecoder extends MessageDecoder {
    /** PostgreSQL's own limit for messages that carry only names. */
    private static final int MAX_SMALL_MESSAGE_BYTES = 10_000;
    /** PostgreSQL's own limit for passwords, large enough for any token. */
    private static final int MAX_PASSWORD_BYTES = 65_535;

    /** @param maxMessageBytes bytes, counting the length field but not the tag; see {@link #limit} */
    public FrontendDecoder(int maxMessageBytes) {
        super(maxMessageBytes);
    }

    @Override
    int limitOf(byte tag, int maxMessageBytes) {
        return switch (tag) {
            case 'Q', 'P', 'B', 'd', 'F' -> maxMessageBytes;
            case 'p' -> Math.min(MAX_PASSWORD_BYTES, maxMessageBytes);
            case 'D', 'E', 'C', 'H', 'S', 'X', 'c', 'f' -> Math.min(MAX_SMALL_MESSAGE_BYTES, maxMessageBytes);
            default -> throw new WireException("invalid frontend message type " + (tag & 0xff));
        };
    }

    @Override
    FrontendMessage message(byte tag, Body body) {
        try {
            FrontendMessage message = content(tag, body);
            body.end("message 0x" + Integer.toHexString(tag & 0xff));
            return message;
        } catch (WireException e) {
            return switch (tag) {
                case 'Q', 'P', 'B', 'D', 'E', 'C', 'H', 'S', 'F', 'f' -> unreadable(tag, body, e);
                default -> throw e;
            };
        }
    }

    private static Unreadable unreadable(byte tag, Body body, WireException mistake) {
        body.rest();
        return new Unreadable(tag, mistake.sqlState(), String.valueOf(mistake.getMessage()));
    }

    private static FrontendMessage content(byte tag, Body body) {
        return switch (tag) {
            case 'Q' -> new Query(body.string("query"));
            case 'P' -> parse(body);
            case 'B' -> bind(body);
            case 'D' -> new Describe(Subject.of(body.int8("subject")), body.string("name"));
            case 'E' -> new Execute(body.string("portal name"), body.int32("row limit"));
            case 'C' -> new Close(Subject.of(body.int8("subject")), body.string("name"));
            case 'H' -> new Flush();
            case 'S' -> new Sync();
            case 'X' -> terminate(body);
            case 'p' -> new Password(body.rest());
            case 'd' -> new CopyData(body.rest());
            case 'c' -> copyDone(body);
            case 'f' -> new CopyFail(body.string("reason"));
            case 'F' -> functionCall(body);
            default -> throw new IllegalStateException("a tag without a limit");
        };
    }

    private static Parse parse(Body body) {
        String statement = body.string("statement name");
        String sql = body.string("query");
        return new Parse(statement, sql, body.list(Integer.BYTES, "parameter types", () -> body.int32("type")));
    }

    private static Bind bind(Body body) {
        String portal = body.string("portal name");
        String statement = body.string("statement name");
        List<Format> parameterFormats = formats(body);
        List<byte @Nullable []> values =
                body.list(Integer.BYTES, "parameter values", () -> body.value("parameter value"));
        return new Bind(portal, statement, parameterFormats, values, formats(body));
    }

    private static List<Format> formats(Body body) {
        return body.list(Short.BYTES, "formats", () -> Format.of(body.uint16("format")));
    }

    /** PostgreSQL does not look at what stands in it. */
    private static Terminate terminate(Body body) {
        body.rest();
        return new Terminate();
    }

    /** PostgreSQL does not look at what stands in it. */
    private static CopyDone copyDone(Body body) {
        body.rest();
        return new CopyDone();
    }

    private static FunctionCall functionCall(Body body) {
        int functionOid = body.int32("function");
        List<Format> argumentFormats = formats(body);
        List<byte @Nullable []> arguments = body.list(Integer.BYTES, "arguments", () -> body.value("argument"));
        return new FunctionCall(functionOid, argumentFormats, arguments, Format.of(body.uint16("format")));
    }
}
