package org.countersign.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /**
     * Reads a page.
     *
     * @param limit a caller's, checked here
     * @param read reads one more than the limit when there is a next page
     * @param shown an item as the caller sees it
     * @param place where in the list an item is
     */
    public static <E, T> Page<T> read(
            int limit, Supplier<List<E>> read, Function<E, T> shown, Function<T, Cursor> place) {
        checkLimit(limit);
        List<E> found = read.get();
        List<T> items = found.stream().limit(limit).map(shown).toList();
        return new Page<>(
                items,
                found.size() > limit ? Optional.of(place.apply(items.getLast()).encoded()) : Optional.empty());
    }

    /** Checks a caller's {@code limit}. */
    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_ITEMS) {
            throw new InvalidRequestException("limit", "limit is " + limit + ", allowed are 1 to " + MAX_ITEMS);
        }
        return limit;
    }
}
