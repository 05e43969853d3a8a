package org.countersign.model.masking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways a value may be shown, strictest first; the order decides which of two roles' masks holds. */
public enum MaskKind {
    NULL,
    REDACT,
    HASH,
    LAST4,
    PARTIAL,
    FIRST6LAST4,
    CLEAR;

    /** The name used in manifests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MaskKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    public MaskKind strictest(MaskKind other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
