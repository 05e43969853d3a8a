package org.countersign.model.masking;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The detectors by the data class each finds. */
public final class Detectors {
    /** The data class of keys, tokens and passwords, which are never shown even in part. */
    public static final String SECRET = "secret";

    private static final Map<String, Detector> BY_DATA_CLASS = new TreeMap<>(Map.of(
            "pan",
            new PanDetector(),
            "email",
            new EmailDetector(),
            "iban",
            new IbanDetector(),
            SECRET,
            new SecretDetector()));

    private Detectors() {}

    public static Optional<Detector> of(String dataClass) {
        return Optional.ofNullable(BY_DATA_CLASS.get(dataClass));
    }

    /** The data classes that have a detector. */
    public static SortedSet<String> dataClasses() {
        return new TreeSet<>(BY_DATA_CLASS.keySet());
    }
}
