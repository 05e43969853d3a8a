package org.countersign.core.recording;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.recording.CommandResult.Column;
import org.countersign.core.recording.CommandResult.Failure;
import org.countersign.journal.Frame;
import org.countersign.model.audit.FrameType;

/** The answer to one command, put together from its response frames, or what the client copied in. */
final class ResultFold {
    private static final Set<Byte> TYPES =
            Set.of(FrameType.RECEIVED.code(), FrameType.RESPONSE.code(), FrameType.COPY_DATA.code());
    private static final List<Column> COPIED = List.of(new Column("data", "copied in"));
    private final UUID command;
    private boolean known;
    private List<Column> columns = List.of();
    private final List<List<Optional<String>>> rows = new ArrayList<>();
    private boolean cut;
    private Optional<String> tag = Optional.empty();
    private Optional<Failure> error = Optional.empty();
    private final List<String> notices = new ArrayList<>();

    ResultFold(UUID command) {
        this.command = command;
    }

    void read(Frame frame) {
        if (!TYPES.contains(frame.type())) {
            return;
        }
        Payload payload = Payload.of(frame);
        if (!payload.id("command").equals(Optional.of(command))) {
            return;
        }
        known = true;
        if (frame.type() == FrameType.RESPONSE.code()) {
            response(payload);
        } else if (frame.type() == FrameType.COPY_DATA.code()) {
            copied(payload);
        }
    }

    /** What a client copied in: each line as it was sent, whatever columns it has. */
    private void copied(Payload payload) {
        columns = COPIED;
        List<String> lines = payload.text("text")
                .map(text -> text.lines().toList())
                .orElseGet(() -> List.of("\\x" + payload.text("binary").orElse("")));
        for (String line : lines) {
            if (rows.size() == CommandResult.MAX_ROWS) {
                cut = true;
                break;
            }
            rows.add(List.of(Optional.of(line)));
        }
    }

    private void response(Payload payload) {
        if (!payload.array("columns").isEmpty()) {
            columns = payload.objects("columns").stream()
                    .map(column -> new Column(
                            column.text("name").orElse(""), column.text("type").orElse("")))
                    .toList();
        }
        for (JsonValue row : payload.array("rows")) {
            if (rows.size() == CommandResult.MAX_ROWS) {
                cut = true;
                break;
            }
            if (row instanceof JsonArray values) {
                rows.add(values.stream().map(ResultFold::value).toList());
            }
        }
        tag = payload.text("tag").or(() -> tag);
        error = payload.object("error")
                .map(failure -> new Failure(
                        failure.text("sqlState").orElse(""),
                        failure.text("message").orElse("")))
                .or(() -> error);
        payload.array("notices").forEach(notice -> notices.add(notice(notice)));
    }

    private static Optional<String> value(JsonValue value) {
        return switch (value) {
            case JsonString text -> Optional.of(text.getString());
            case JsonObject binary -> Optional.of("\\x" + binary.getString("binary", ""));
            default -> value == JsonValue.NULL ? Optional.empty() : Optional.of(value.toString());
        };
    }

    private static String notice(JsonValue notice) {
        return switch (notice) {
            case JsonString text -> text.getString();
            case JsonObject object -> object.getString("message", "");
            default -> notice.toString();
        };
    }

    /** Returns the result, or empty when the session has no such command. */
    Optional<CommandResult> result() {
        return known ? Optional.of(new CommandResult(columns, rows, cut, tag, error, notices)) : Optional.empty();
    }
}
