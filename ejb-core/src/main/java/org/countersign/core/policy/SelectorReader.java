package org.countersign.core.policy;

import java.util.List;
import java.util.Map;
import org.countersign.model.policy.TargetSelector;

/** Reads the {@code targets} of guardrails and constraints. */
final class SelectorReader {
    private SelectorReader() {}

    static TargetSelector read(Value value) {
        Fields fields = value.fields("names", "labels");
        if (!fields.has("names") && !fields.has("labels")) {
            value.problem("expected names, labels or both; leave targets out to mean every target");
        }
        return new TargetSelector(
                fields.optional("names", at -> at.list(RoleReader::target), List.of()),
                fields.optional("labels", TargetReader::labels, Map.of()));
    }
}
