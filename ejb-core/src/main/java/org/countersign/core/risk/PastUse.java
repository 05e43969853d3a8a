package org.countersign.core.risk;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.countersign.model.policy.Usage;

/**
 * What the store knows of a principal when it opens a session.
 *
 * @param firstDay on which it used the target; empty when it never did
 * @param usualRows rows of an average one of its last days on the target, without today; empty for too few days
 * @param sofar what it used today and for its task
 */
public record PastUse(Optional<LocalDate> firstDay, Optional<Long> usualRows, Map<UseKey, Usage> sofar) {
    /** Of somebody who was never here. */
    public static final PastUse NOTHING = new PastUse(Optional.empty(), Optional.empty(), Map.of());

    public PastUse {
        sofar = Map.copyOf(sofar);
    }
}
