package org.countersign.model.masking;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Shows a keyed hash, so that equal values can be told from different ones and nothing else. */
record HashMasker(HashKey key) implements Masker {
    static final String PREFIX = "h:";

    private static final int SHOWN_BYTES = 8;

    @Override
    public Optional<String> mask(String value) {
        byte[] hash = key.hash(value.getBytes(StandardCharsets.UTF_8));
        return Optional.of(PREFIX + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES));
    }
}
