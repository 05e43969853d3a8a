package org.countersign.wire.postgres;

import io.netty.buffer.ByteBuf;
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

/** Writes messages to a target. */
public final class FrontendWriter {
    private FrontendWriter() {}

    /** @throws IllegalArgumentException for what we never send, and for text with a NUL */
    public static void write(FrontendMessage message, ByteBuf out) {
        switch (message) {
            case Query(String sql) -> tagged(out, 'Q').string(sql).end();
            case Parse parse -> parse(parse, tagged(out, 'P'));
            case Bind bind -> bind(bind, tagged(out, 'B'));
            case Describe(Subject subject, String name) -> named(out, 'D', subject, name);
            case Execute(String portal, int maxRows) ->
                tagged(out, 'E').string(portal).int32(maxRows).end();
            case Close(Subject subject, String name) -> named(out, 'C', subject, name);
            case Flush() -> MessageWriter.empty(out, 'H');
            case Sync() -> MessageWriter.empty(out, 'S');
            case Terminate() -> MessageWriter.empty(out, 'X');
            case Password(byte[] body) -> tagged(out, 'p').bytes(body).end();
            case CopyData(byte[] data) -> tagged(out, 'd').bytes(data).end();
            case CopyDone() -> MessageWriter.empty(out, 'c');
            case CopyFail(String reason) -> tagged(out, 'f').string(reason).end();
            case FunctionCall call -> functionCall(call, tagged(out, 'F'));
            case Unreadable unreadable -> throw new IllegalArgumentException("an unreadable message is never sent");
        }
    }

    private static void parse(Parse parse, MessageWriter writer) {
        writer.string(parse.statement())
                .string(parse.sql())
                .list(parse.parameterTypes(), writer::int32)
                .end();
    }

    private static void bind(Bind bind, MessageWriter writer) {
        writer.string(bind.portal())
                .string(bind.statement())
                .formats(bind.parameterFormats())
                .list(bind.values(), writer::value)
                .formats(bind.resultFormats())
                .end();
    }

    private static void functionCall(FunctionCall call, MessageWriter writer) {
        writer.int32(call.functionOid())
                .formats(call.argumentFormats())
                .list(call.arguments(), writer::value)
                .int16((short) call.resultFormat().code())
                .end();
    }

    private static void named(ByteBuf out, char tag, Subject subject, String name) {
        tagged(out, tag).int8(subject.code()).string(name).end();
    }

    private static MessageWriter tagged(ByteBuf out, char tag) {
        return MessageWriter.tagged(out, tag);
    }
}
