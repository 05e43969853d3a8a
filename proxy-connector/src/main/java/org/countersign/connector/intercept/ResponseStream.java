package org.countersign.connector.intercept;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response of one command on its way to the client: what is written to {@link #out} leaves only after the record of
 * exactly that is on the disk. Holds buffers until then and releases them when that never happens.
 */
public final class ResponseStream {
    private final SessionRecorder recorder;
    private final PendingCommand pending;
    private final Supplier<ByteBuf> buffers;
    private final Release release;
    private final Flow flow;
    private final int chunkBytes;
    private @Nullable ByteBuf out;
    private JsonText record = new JsonText();
    private StringBuilder rows = new StringBuilder();
    private StringBuilder notices = new StringBuilder();
    private boolean something;
    private CompletionStage<Void> last = CompletableFuture.completedStage(null);

    /** Sends what may be seen. */
    @FunctionalInterface
    public interface Release {
        /**
         * @param messages now the receiver's to release
         * @param more whether more of the same response follows, perhaps much later
         */
        void send(ByteBuf messages, boolean more);
    }

    public ResponseStream(
            SessionRecorder recorder,
            PendingCommand pending,
            Supplier<ByteBuf> buffers,
            Release release,
            Flow flow,
            int chunkBytes) {
        this.recorder = recorder;
        this.pending = pending;
        this.buffers = buffers;
        this.release = release;
        this.flow = flow;
        this.chunkBytes = chunkBytes;
    }

    /** Where the protocol writes its messages; owned by this stream. */
    public ByteBuf out() {
        ByteBuf current = out;
        if (current == null) {
            current = buffers.get();
            out = current;
        }
        return current;
    }

    public void columns(List<ResultColumn> columns) {
        var json = new StringBuilder("[");
        for (ResultColumn column : columns) {
            json.append(json.length() > 1 ? "," : "")
                    .append(new JsonText()
                            .put("name", column.name())
                            .put("type", column.type())
                            .text());
        }
        record.raw("columns", json.append(']'));
        something = true;
    }

    /** Records a row that was just written to {@link #out}; cuts when enough has come together. */
    public void row(ResponseMasker masker, List<byte @Nullable []> shown) {
        rows.append(rows.isEmpty() ? "[" : ",[");
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) {
                rows.append(',');
            }
            masker.record(i, shown.get(i), rows);
        }
        rows.append(']');
        something = true;
        if (rows.length() >= chunkBytes || out().readableBytes() >= chunkBytes) {
            cut();
        }
    }

    public void tag(String tag) {
        record.put("tag", tag);
        something = true;
    }

    public void error(String sqlState, String message) {
        record.raw(
                "error",
                new JsonText().put("sqlState", sqlState).put("message", message).text());
        something = true;
    }

    public void notice(String message) {
        notices.append(notices.isEmpty() ? "" : ",");
        JsonText.value(notices, message);
        something = true;
        if (notices.length() >= chunkBytes || out().readableBytes() >= chunkBytes) {
            cut();
        }
    }

    /** Records what has come together and sends it once that is durable; the stage completes then. */
    public CompletionStage<Void> cut() {
        if (out == null && !something) {
            return last;
        }
        return release(recorder.response(pending, take()), true);
    }

    /** Records the rest together with the command's end; the client gets it with whatever comes behind it. */
    CompletionStage<Void> end(Outcome outcome) {
        return release(recorder.response(pending, take(), outcome), false);
    }

    private JsonText take() {
        JsonText taken = record.raw("rows", "[" + rows + "]").raw("notices", "[" + notices + "]");
        record = new JsonText();
        rows = new StringBuilder();
        notices = new StringBuilder();
        something = false;
        return taken;
    }

    private CompletionStage<Void> release(CompletionStage<Void> durable, boolean more) {
        ByteBuf messages = out;
        out = null;
        if (messages == null) {
            last = durable;
            return last;
        }
        int bytes = messages.readableBytes();
        flow.kept(bytes);
        last = durable.whenComplete((recorded, failure) -> {
            flow.released(bytes);
            if (failure == null) {
                release.send(messages, more);
            } else {
                messages.release();
            }
        });
        return last;
    }

    /** Drops what was not cut: the session is over. */
    public void drop() {
        if (out != null) {
            out.release();
            out = null;
        }
    }
}
