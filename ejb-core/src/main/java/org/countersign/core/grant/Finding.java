package org.countersign.core.grant;

import java.util.Locale;

/** What a review came to. */
public enum Finding {
    JUSTIFIED,
    NOT_JUSTIFIED;

    /** The name in the API: {@code not-justified}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
