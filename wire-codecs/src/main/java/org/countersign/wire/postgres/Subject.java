package org.countersign.wire.postgres;

import org.countersign.wire.WireException;

/** What a Describe or Close is about. */
public enum Subject {
    STATEMENT('S'),
    PORTAL('P');

    private final char code;

    Subject(char code) {
        this.code = code;
    }

    static Subject of(byte code) {
        return switch (code) {
            case 'S' -> STATEMENT;
            case 'P' -> PORTAL;
            default ->
                throw new WireException("0x" + Integer.toHexString(code & 0xff) + " names no statement or portal");
        };
    }

    char code() {
        return code;
    }
}
