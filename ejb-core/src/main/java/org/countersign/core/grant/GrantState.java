package org.countersign.core.grant;

import java.util.Locale;

/** Where a grant stands. */
public enum GrantState {
    PENDING,
    REJECTED,
    /** Nobody decided in time. */
    EXPIRED,
    WITHDRAWN,
    ACTIVE,
    /** It was for one command, which has run. */
    USED,
    /** Its time ran out. */
    ENDED,
    REVOKED;

    /** The name in the API: {@code active}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it once gave something and gives nothing any more. */
    boolean over() {
        return this == USED || this == ENDED || this == REVOKED;
    }
}
