package org.countersign.core.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.ParameterView;

/**
 * A command as its recording tells it.
 *
 * @param sequence 1, 2, … within the session
 * @param verdict the first verdict: {@code allow}, {@code deny} or {@code hold}; empty when none was recorded
 * @param finalVerdict what became of a held command: {@code allow} or {@code deny}; else as {@code verdict}
 * @param decision who decided a held command, and how
 * @param message what the client was told about a denial
 * @param sqlState of the denial
 * @param outcome {@code executed}, {@code refused}, {@code failed} or {@code unknown}
 * @param masked how many values were masked
 */
public record CommandView(
        UUID id,
        long sequence,
        String kind,
        String text,
        List<ParameterView> parameters,
        List<String> actions,
        List<String> resources,
        Optional<String> verdict,
        Optional<String> finalVerdict,
        List<String> rules,
        long policyVersion,
        Optional<UUID> approval,
        Optional<DecisionView> decision,
        String message,
        Optional<String> sqlState,
        String outcome,
        long rows,
        long bytes,
        long masked,
        Instant receivedAt,
        Optional<Long> durationMicros) {
    public CommandView {
        parameters = List.copyOf(parameters);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        rules = List.copyOf(rules);
    }

    /** @param state {@code approved}, {@code rejected}, {@code expired} or {@code withdrawn} */
    public record DecisionView(String state, List<String> by, String reason, Instant at) {
        public DecisionView {
            by = List.copyOf(by);
        }
    }
}
