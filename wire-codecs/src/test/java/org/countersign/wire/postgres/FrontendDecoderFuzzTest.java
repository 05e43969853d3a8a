package org.countersign.wire.postgres;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Terminate;
import org.countersign.wire.postgres.FrontendMessage.Unreadable;

/** Seeds: what clients said to a real server, each file one conversation behind its sign-in. */
class FrontendDecoderFuzzTest {
    private static final int EMPTY_BYTES = 5;

    @FuzzTest(maxDuration = "1h")
    void readsFramesAndNothingElse(byte[] stream) {
        new FedDecoder(() -> new FrontendDecoder(FedDecoder.LIMIT), FrontendDecoderFuzzTest::write).check(stream);
    }

    private static boolean write(Object message, byte[] frame, ByteBuf out) {
        boolean leaves = switch ((FrontendMessage) message) {
            case Unreadable unreadable -> false;
            // PostgreSQL does not look at what stands in them: they leave without it
            case Terminate terminate -> frame.length == EMPTY_BYTES;
            case CopyDone done -> frame.length == EMPTY_BYTES;
            default -> true;
        };
        if (leaves) {
            FrontendWriter.write((FrontendMessage) message, out);
        }
        return leaves;
    }
}
