package org.countersign.wire.postgres;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.Unknown;

/** Seeds: what a real server answered, each file one conversation from its first request to authenticate on. */
class BackendDecoderFuzzTest {
    @FuzzTest(maxDuration = "1h")
    void readsFramesAndNothingElse(byte[] stream) {
        new FedDecoder(() -> new BackendDecoder(FedDecoder.LIMIT), BackendDecoderFuzzTest::write).check(stream);
    }

    private static boolean write(Object message, byte[] frame, ByteBuf out) {
        boolean leaves = switch ((BackendMessage) message) {
            case Unknown unknown -> false;
            case Authentication.Other other -> false;
            case ErrorResponse error -> utf8(error.diagnostic());
            case NoticeResponse notice -> utf8(notice.diagnostic());
            default -> true;
        };
        if (leaves) {
            BackendWriter.write((BackendMessage) message, out);
        }
        return leaves;
    }

    /** A diagnostic with other bytes is read too, and written without them. */
    private static boolean utf8(Diagnostic diagnostic) {
        return diagnostic.fields().values().stream().noneMatch(text -> text.indexOf('\uFFFD') >= 0);
    }
}
