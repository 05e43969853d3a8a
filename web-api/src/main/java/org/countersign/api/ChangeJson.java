package org.countersign.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.DiffEntry;

/** A change of the policy. */
final class ChangeJson {
    private ChangeJson() {}

    static JsonObject of(ChangeView change) {
        return new Fields()
                .id("change", change.id())
                .text("state", change.state())
                .text("author", change.author())
                .time("at", change.at())
                .text("source", change.source())
                .text("confirmedBy", change.confirmedBy())
                .time("confirmedAt", change.confirmedAt())
                .number("version", change.version())
                .text("reason", change.reason())
                .text("ticket", change.ticket())
                .time("expiresAt", change.expiresAt())
                .number("reverts", change.reverts())
                .text("closedBy", change.closing().flatMap(ChangeView.Closing::by))
                .time("closedAt", change.closing().map(ChangeView.Closing::at))
                .text("closedReason", change.closing().map(ChangeView.Closing::reason))
                .value("diff", diff(change.diff()))
                .json();
    }

    /** {@code before} and {@code after} are YAML, or null where the object does not exist. */
    static JsonArray diff(List<DiffEntry> entries) {
        return Fields.array(
                entries,
                entry -> new Fields()
                        .text("action", entry.action())
                        .text("kind", entry.kind())
                        .text("name", entry.name())
                        .text("before", present(entry.before()))
                        .text("after", present(entry.after()))
                        .json());
    }

    private static Optional<String> present(String yaml) {
        return yaml.isEmpty() ? Optional.empty() : Optional.of(yaml);
    }
}
