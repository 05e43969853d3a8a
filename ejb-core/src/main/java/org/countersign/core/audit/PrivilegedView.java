package org.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;

/**
 * What was done with consequences, with and without approval, out of the recordings.
 *
 * @param limited whether there are more, older ones
 * @param unclear commands whose recording does not say what they do: they may belong here
 * @param damage why the journal could not be read; the rows are none then
 */
public record PrivilegedView(List<Row> rows, boolean limited, long unclear, Optional<String> damage) {
    public PrivilegedView {
        rows = List.copyOf(rows);
    }

    /**
     * One command.
     *
     * @param principal who asked, and as whom it ran
     * @param responsible every account of everybody who answered for the principal when the session opened
     * @param effects such as {@code write}
     * @param verdict the first one; {@code hold} is told about in the report of countersigned commands
     * @param sqlState of the refusal
     * @param message what was said with a refusal
     * @param justification why it was sent, in its sender's words; may be empty
     */
    public record Row(
            UUID session,
            UUID command,
            Instant at,
            PrincipalView principal,
            Set<Person> responsible,
            String target,
            String kind,
            List<String> effects,
            List<String> actions,
            List<String> resources,
            String verdict,
            Optional<String> sqlState,
            String message,
            List<String> rules,
            long policyVersion,
            String outcome,
            String justification) {
        public Row {
            responsible = Set.copyOf(responsible);
            effects = List.copyOf(effects);
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            rules = List.copyOf(rules);
        }

        /** Whether people were asked: the store has it then. */
        boolean held() {
            return verdict.equals("hold");
        }

        boolean denied() {
            return verdict.equals("deny");
        }
    }
}
