package org.countersign.core.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.command.Command;

/**
 * A command that can be judged again.
 *
 * @param sequence 1, 2, … within its session
 * @param verdict the first one: {@code allow}, {@code deny} or {@code hold}
 * @param sqlState of the refusal
 * @param message what was said with a refusal or a hold
 * @param outcome {@code executed}, {@code refused} or {@code failed}; {@code unknown} while its end was not recorded
 */
public record RecordedCommand(
        UUID id,
        UUID session,
        long sequence,
        Instant at,
        Command command,
        String verdict,
        Optional<String> sqlState,
        String message,
        List<String> rules,
        long policyVersion,
        String outcome) {
    public RecordedCommand {
        rules = List.copyOf(rules);
    }

    RecordedCommand ended(String how) {
        return new RecordedCommand(
                id, session, sequence, at, command, verdict, sqlState, message, rules, policyVersion, how);
    }
}
