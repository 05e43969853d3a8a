package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.Collections;
import org.countersign.connector.intercept.PendingCommand;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResponseStream;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage.FunctionCallResponse;
import org.countersign.wire.postgres.BackendWriter;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.RowWriter;
import org.jspecify.annotations.Nullable;

/** Rebuilds one row as the client may see it. */
final class RowShow {
    private RowShow() {}

    /** Shows the one value of a row as what a function returned. */
    static boolean returned(DataRow row, ResponseMasker masker, ResponseStream response, PendingCommand pending) {
        if (check(row, masker) != 1) {
            throw new WireException("a function returned a row of " + row.columns() + " values");
        }
        byte[] value = masker.shown(0, row.value(0));
        if (!pending.draw(value == null ? 0 : value.length)) {
            return false;
        }
        BackendWriter.write(new FunctionCallResponse(value), response.out());
        pending.row(value == null ? 0 : value.length, masker.takeMasked());
        response.row(masker, Collections.singletonList(value));
        return true;
    }

    private static int check(DataRow row, ResponseMasker masker) {
        int columns = masker.columns().size();
        if (row.columns() != columns) {
            throw new WireException("a row has " + row.columns() + " values, described were " + columns);
        }
        return columns;
    }

    /** @return false when the row may not be seen any more: nothing of it is shown then */
    static boolean show(DataRow row, ResponseMasker masker, ResponseStream response, PendingCommand pending) {
        int columns = check(row, masker);
        int before = response.out().writerIndex();
        var shown = new ArrayList<byte @Nullable []>(columns);
        var writer = new RowWriter(response.out(), columns);
        int bytes = 0;
        for (int i = 0; i < columns; i++) {
            byte[] value = masker.shown(i, row.value(i));
            writer.value(value);
            shown.add(value);
            bytes += value == null ? 0 : value.length;
        }
        writer.end();
        if (!pending.draw(bytes)) {
            response.out().writerIndex(before);
            return false;
        }
        pending.row(bytes, masker.takeMasked());
        response.row(masker, shown);
        return true;
    }
}
