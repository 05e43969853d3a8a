package org.countersign.model.masking;

import java.util.Optional;

/** Transforms one value so that it may be seen. */
@FunctionalInterface
public interface Masker {
    /** Returns what is shown instead of the value; empty shows SQL's NULL or what the protocol has for it. */
    Optional<String> mask(String value);
}
