package org.countersign.model.masking;

import java.util.Optional;

/**
 * Finds values of one data class in free text. Detectors are free of state, and walking over a text with them takes time
 * in proportion to its length, whatever it holds.
 */
public interface Detector {
    /** Returns the first find that begins at the index or behind it. */
    Optional<Span> next(String text, int from);
}
