package org.countersign.core;

import jakarta.ejb.ApplicationException;

/** A caller lacks the realm role or the responsibility for what he asked. The message is written for him. */
@ApplicationException(rollback = true)
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAllowedException(String message) {
        super(message);
    }
}
