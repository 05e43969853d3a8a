package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.NoData;
import org.countersign.wire.postgres.BackendMessage.ParameterDescription;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages sent to the target together, and everything it answered to them. A round is over when every message was
 * answered or, behind an error, passed over.
 */
class Round {
    private static final int REMARK_BYTES = 64;
    private static final long MAX_REMARK_BYTES = 72L << 20;
    private static final long MAX_ROW_BYTES = 32L << 20;

    /** @param request the message during whose work the notice came, by its place in the round */
    record Remark(int request, Diagnostic diagnostic) {}

    /** For whom the target works on a round, and so whether a client may have that cancelled. */
    enum Work {
        /** The gateway looks something up. */
        LOOK_UP,
        /** It finds out what a statement of the client would do. */
        ANALYSIS,
        /** The client's statement runs. */
        STATEMENT
    }

    final CompletableFuture<Round> over = new CompletableFuture<>();
    private final Work work;
    private final List<FrontendMessage> requests;
    private final List<Remark> remarks = new ArrayList<>();
    private final List<DataRow> rows = new ArrayList<>();
    private List<Integer> parameterTypes = List.of();
    private Optional<List<Column>> columns = Optional.empty();
    private @Nullable Diagnostic error;
    private int errorAt = -1;
    private int waiting;
    private long rowBytes;
    private long remarkBytes;

    Round(List<FrontendMessage> requests) {
        this(Work.LOOK_UP, requests);
    }

    Round(Work work, List<FrontendMessage> requests) {
        this.work = work;
        this.requests = List.copyOf(requests);
    }

    Work work() {
        return work;
    }

    List<FrontendMessage> requests() {
        return requests;
    }

    List<Remark> remarks() {
        return remarks;
    }

    List<DataRow> rows() {
        return rows;
    }

    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    /** The result columns, when a statement was described that has any. */
    Optional<List<Column>> columns() {
        return columns;
    }

    Optional<Diagnostic> error() {
        return Optional.ofNullable(error);
    }

    /** Which message failed; -1 when none did. */
    int errorAt() {
        return errorAt;
    }

    void awaits(int answers) {
        waiting = answers;
        if (waiting == 0) {
            over.complete(this);
        }
    }

    void answered() {
        if (--waiting == 0) {
            over.complete(this);
        }
    }

    void failed(int request, Diagnostic diagnostic) {
        if (error == null) {
            error = diagnostic;
            errorAt = request;
        }
    }

    void remarked(int request, Diagnostic diagnostic) {
        remarkBytes += REMARK_BYTES
                + diagnostic.fields().values().stream()
                        .mapToLong(String::length)
                        .sum();
        if (!overheard()) {
            remarks.add(new Remark(request, diagnostic));
        }
    }

    /** Whether the target said more than is kept: what is kept is not all then. */
    boolean overheard() {
        return remarkBytes > MAX_REMARK_BYTES;
    }

    void row(int request, DataRow row) {
        weigh(row);
        rows.add(row);
    }

    /** @throws WireException when the target answers a question of the gateway's own with more than is ever kept */
    final void weigh(DataRow row) {
        rowBytes += REMARK_BYTES + row.valueBytes();
        if (rowBytes > MAX_ROW_BYTES) {
            throw new WireException("the answer has more than " + MAX_ROW_BYTES + " bytes");
        }
    }

    /** A message of a copy: its begin, its data or the end of its data. */
    void copied(int request, BackendMessage message) {
        throw new WireException("the target answered with a copy that was not asked for");
    }

    /** The target takes more, or takes nothing for now. */
    void roomChanged() {}

    /** An answer that is neither a row nor a diagnostic. */
    void message(int request, BackendMessage message) {
        switch (message) {
            case ParameterDescription described -> parameterTypes = described.types();
            case RowDescription described -> columns = Optional.of(described.columns());
            case NoData none -> columns = Optional.empty();
            default -> {
                // the rest only says that the round goes on
            }
        }
    }
}
