package org.countersign.connector.intercept;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.model.CountersignError;
import org.countersign.model.masking.MaskPlan;

/** What the gate answers; by then its verdict is on the disk. */
public sealed interface Passage {
    /** It may run, once, and its response is shown under the masks. */
    record Open(MaskPlan masks) implements Passage {}

    /**
     * It may not.
     *
     * @param verdict {@code deny} or {@code hold}
     * @param approval the approval it would need, with the page where it is given
     */
    record Closed(
            String verdict,
            CountersignError error,
            List<String> rules,
            String message,
            String hint,
            Optional<UUID> approval,
            Optional<String> url)
            implements Passage {
        public Closed {
            rules = List.copyOf(rules);
        }
    }
}
