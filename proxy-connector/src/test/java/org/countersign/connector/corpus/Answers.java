package org.countersign.connector.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.CopyData;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.FunctionCallResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;

/**
 * What came back for one entry.
 *
 * @param bytes every byte of it as it came
 */
record Answers(List<BackendMessage> messages, byte[] bytes) {
    static final String NULL = "null";
    private static final String BETWEEN = " | ";

    Optional<Diagnostic> error() {
        return messages.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).diagnostic())
                .findFirst();
    }

    /** Every value that came, row by row; the parts of a COPY are rows of one value. */
    List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        for (BackendMessage message : messages) {
            if (message instanceof DataRow row) {
                var values = new ArrayList<String>();
                for (int i = 0; i < row.columns(); i++) {
                    byte[] value = row.value(i);
                    values.add(value == null ? NULL : latin(value));
                }
                rows.add(values);
            } else if (message instanceof CopyData data) {
                rows.add(List.of(latin(data.data()).stripTrailing()));
            } else if (message instanceof FunctionCallResponse returned) {
                byte[] value = returned.value();
                rows.add(List.of(value == null ? NULL : latin(value)));
            }
        }
        return rows;
    }

    List<String> rowLines() {
        return rows().stream().map(row -> String.join(BETWEEN, row)).toList();
    }

    /** Texts that are no values. */
    List<String> words() {
        var words = new ArrayList<String>();
        for (BackendMessage message : messages) {
            switch (message) {
                case ErrorResponse error ->
                    words.addAll(error.diagnostic().fields().values());
                case NoticeResponse notice ->
                    words.addAll(notice.diagnostic().fields().values());
                case RowDescription described -> described.columns().forEach(column -> words.add(column.name()));
                case ParameterStatus parameter -> words.add(parameter.value());
                case NotificationResponse notification -> {
                    words.add(notification.channel());
                    words.add(notification.payload());
                }
                default -> {
                    // says nothing that anybody chose
                }
            }
        }
        return words;
    }

    /** All of it, in a form in which two ways can be compared. */
    List<String> told() {
        var told = new ArrayList<String>();
        for (BackendMessage message : messages) {
            switch (message) {
                case ErrorResponse error -> told.add(told("ERROR", error.diagnostic()));
                case NoticeResponse notice -> told.add(told("NOTICE", notice.diagnostic()));
                case RowDescription described ->
                    told.add(described.columns().stream()
                            .map(column -> column.name() + ":" + column.typeOid() + ":" + column.format())
                            .toList()
                            .toString());
                case DataRow row ->
                    told.add(String.join(
                            BETWEEN, new Answers(List.of(row), bytes).rows().getFirst()));
                case CopyData data -> told.add(latin(data.data()));
                case FunctionCallResponse returned ->
                    told.addAll(new Answers(List.of(returned), bytes).rows().getFirst());
                case CommandComplete complete -> told.add(complete.tag());
                case ReadyForQuery ready -> told.add("ready " + ready.status());
                case NotificationResponse notification ->
                    told.add("notified " + notification.channel() + " " + notification.payload());
                default -> told.add(message.toString());
            }
        }
        return told;
    }

    private static String told(String kind, Diagnostic diagnostic) {
        return kind + " " + diagnostic.sqlState() + " " + diagnostic.message();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
