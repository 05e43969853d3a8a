package org.countersign.core;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, newest first.
 *
 * @param next the cursor to pass as {@code after} for the following page; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** The largest {@code limit} a caller may ask for; the smallest is 1. */
    public static final int MAX_ITEMS = 200;

    public Page {
        items = List.copyOf(items);
    }

    /** Checks a caller's {@code limit}. */
    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_ITEMS) {
            throw new InvalidRequestException("limit", "limit is " + limit + ", allowed are 1 to " + MAX_ITEMS);
        }
        return limit;
    }
}
