package org.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;

/**
 * What was done with consequences, with and without approval, out of the recordings.
 *
 * @param limited whether there are more, older ones
 * @param unclear commands whose recording does not say what they do: they may belong here
 */
public record PrivilegedView(List<Row> rows, boolean limited, long unclear) {
    public PrivilegedView {
        rows = List.copyOf(rows);
    }

    /**
     * One command.
     *
     * @param principal who asked, and as whom it ran
     * @param responsible everybody who answers for the principal today
     * @param effects such as {@code write}
     * @param verdict the first one; {@code hold} is told about in the report of countersigned commands
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
            List<String> resources,
            String verdict,
            List<String> rules,
            long policyVersion,
            String outcome) {
        public Row {
            responsible = Set.copyOf(responsible);
            effects = List.copyOf(effects);
            resources = List.copyOf(resources);
            rules = List.copyOf(rules);
        }
    }
}
