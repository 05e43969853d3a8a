package org.countersign.wire.postgres;

import org.countersign.wire.WireException;

/** How a value is written on the wire. */
public enum Format {
    TEXT,
    BINARY;

    static Format of(int code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default -> throw new WireException("22023", "unsupported format code: " + code);
        };
    }

    int code() {
        return ordinal();
    }
}
