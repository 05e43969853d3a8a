package org.countersign.core.audit;

import org.countersign.core.audit.EvidenceRow.Countersignature;

/** What somebody decided, in words. */
final class DecisionWords {
    private DecisionWords() {}

    /** Such as {@code bob in place of gina: approve at 2026-11-22 10:15:30Z, "fits the ticket"}. */
    static String of(Countersignature decision) {
        return decision.by()
                + decision.inPlaceOf().map(who -> " in place of " + who).orElse("") + ": "
                + decision.decision() + " at " + Seconds.of(decision.at())
                + (decision.reason().isEmpty() ? "" : ", \"" + decision.reason() + "\"");
    }
}
