package org.countersign.core.approval;

import java.util.Locale;

/** What one person says to a request. */
public enum DecisionKind {
    APPROVE,
    REJECT;

    /** The name in the API: {@code approve}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
