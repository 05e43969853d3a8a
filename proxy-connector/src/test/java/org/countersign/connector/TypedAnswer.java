package org.countersign.connector;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.jspecify.annotations.Nullable;

/** All rows of a table with a column of each type, by the type's place; types without this format are left out. */
record TypedAnswer(Map<Integer, Column> columns, List<Map<Integer, Optional<byte[]>>> rows) {
    static TypedAnswer of(RawClient client, String table, List<TypedValues> types, Format format) throws IOException {
        List<Integer> asked = IntStream.range(0, types.size())
                .filter(index -> format == Format.TEXT || types.get(index).binary())
                .boxed()
                .toList();
        String columns = asked.stream().map(index -> "c" + index).collect(Collectors.joining(", "));
        client.send(
                new Parse("", "select " + columns + " from " + table, List.of()),
                new Bind("", "", List.of(), List.of(), List.of(format)),
                new Describe(Subject.PORTAL, ""),
                new Execute("", 0),
                new Sync());
        Map<Integer, Column> described = new HashMap<>();
        List<Map<Integer, Optional<byte[]>>> rows = new ArrayList<>();
        for (BackendMessage message : messages(client)) {
            for (int i = 0; message instanceof RowDescription description && i < asked.size(); i++) {
                described.put(asked.get(i), description.columns().get(i));
            }
            if (message instanceof DataRow row) {
                Map<Integer, Optional<byte[]>> values = new HashMap<>();
                for (int i = 0; i < asked.size(); i++) {
                    values.put(asked.get(i), Optional.ofNullable(row.value(i)));
                }
                rows.add(values);
            }
        }
        return new TypedAnswer(described, rows);
    }

    /** Everything up to ReadyForQuery; an error is thrown. */
    static List<BackendMessage> messages(RawClient client) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        BackendMessage message = client.receive();
        while (!(message instanceof ReadyForQuery)) {
            messages.add(message);
            message = client.receive();
        }
        for (BackendMessage said : messages) {
            if (said instanceof ErrorResponse error) {
                throw new IOException(error.diagnostic().fields().toString());
            }
        }
        return messages;
    }

    byte @Nullable [] value(int row, int type) {
        return requireNonNull(rows.get(row).get(type)).orElse(null);
    }
}
