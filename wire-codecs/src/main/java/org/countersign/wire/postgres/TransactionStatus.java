package org.countersign.wire.postgres;

import org.countersign.wire.WireException;

/** What ReadyForQuery says about the server's transaction. */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    FAILED('E');

    private final char code;

    TransactionStatus(char code) {
        this.code = code;
    }

    static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> throw new WireException("0x" + Integer.toHexString(code & 0xff) + " is no transaction status");
        };
    }

    char code() {
        return code;
    }
}
