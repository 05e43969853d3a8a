package org.countersign.core;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** There is nothing of this id that the caller may see. */
@ApplicationException(rollback = true)
public final class UnknownIdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param kind what was looked for: {@code approval}, {@code session}, {@code command} */
    public UnknownIdException(String kind, UUID id) {
        super("There is no " + kind + " " + id + " that you may see.");
    }
}
