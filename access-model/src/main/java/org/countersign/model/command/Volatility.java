package org.countersign.model.command;

import java.util.Locale;

/** What a function promises about its result, as PostgreSQL knows it; nobody checks the promise. */
public enum Volatility {
    IMMUTABLE,
    STABLE,
    /** May do anything, writing included. */
    VOLATILE;

    /** {@code volatile} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
