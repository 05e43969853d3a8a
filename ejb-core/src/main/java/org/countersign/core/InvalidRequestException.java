package org.countersign.core;

import jakarta.ejb.ApplicationException;

/** A caller asked for something that has no meaning. The message is written for him. */
@ApplicationException(rollback = true)
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    /** @param field the part of the request that is wrong */
    public InvalidRequestException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
