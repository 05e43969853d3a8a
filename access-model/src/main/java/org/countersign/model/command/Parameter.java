package org.countersign.model.command;

import java.util.Optional;

/**
 * A value bound to a command.
 *
 * @param type the target's name of its type, such as {@code int4}
 * @param value its text, or the hex of a binary value that has no text form, prefixed {@code \x}; empty for NULL
 */
public record Parameter(String type, Optional<String> value) {
    /** Values stay out of logs. */
    @Override
    public String toString() {
        return type;
    }
}
