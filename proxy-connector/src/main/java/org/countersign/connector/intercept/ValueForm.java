package org.countersign.connector.intercept;

import java.util.Optional;

/** How the values of a result column are written, as far as masking has to read and write them. */
public interface ValueForm {
    /** The text of a value; empty when it has none that could be read here. */
    Optional<String> text(byte[] value);

    /** What of the text a mask works on: without characters that say nothing in this type. */
    default Optional<String> significant(byte[] value) {
        return text(value);
    }

    /** Everything that can be read in a value, for detectors; never less than its text. */
    default Optional<String> content(byte[] value) {
        return text(value);
    }

    /** The bytes of a text that stands for the whole value; empty when the type has no room for it. */
    Optional<byte[]> replaced(String masked);

    /** The bytes of a value in whose text some parts were masked; empty when the type has no room for it. */
    Optional<byte[]> edited(String masked);
}
