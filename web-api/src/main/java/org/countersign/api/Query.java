package org.countersign.api;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.countersign.core.Page;

/**
 * The query parameters of a request. A parameter that nobody knows is a fault, not a filter that silently does not
 * filter; an empty value counts as none.
 */
final class Query {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LENGTH = 500;

    /** Times that the store can compare; an Instant reaches further. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Map<String, List<String>> parameters;
    private final List<Problem.Fault> faults = new ArrayList<>();

    Query(MultivaluedMap<String, String> parameters, Set<String> known) {
        this((Map<String, List<String>>) parameters, known);
    }

    Query(Map<String, List<String>> parameters, Set<String> known) {
        this.parameters = parameters;
        for (String name : new TreeSet<>(parameters.keySet())) {
            if (!known.contains(name)) {
                faults.add(new Problem.Fault(
                        name,
                        "there is no parameter of this name; allowed: " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    Optional<String> text(String name) {
        return text(name, MAX_LENGTH);
    }

    /** At most so many characters. */
    Optional<String> text(String name, int maxLength) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            faults.add(new Problem.Fault(name, name + " is given more than once"));
            return Optional.empty();
        }
        Optional<String> value = values.stream().filter(text -> !text.isEmpty()).findFirst();
        if (value.isPresent() && value.orElseThrow().length() > maxLength) {
            faults.add(new Problem.Fault(name, name + " is longer than " + maxLength + " characters"));
            return Optional.empty();
        }
        if (value.isPresent() && value.orElseThrow().indexOf('\0') >= 0) {
            faults.add(new Problem.Fault(name, name + " has a NUL character, which nothing here has"));
            return Optional.empty();
        }
        return value;
    }

    Optional<Instant> time(String name) {
        return text(name).flatMap(text -> {
            try {
                Instant time = Instant.parse(text);
                if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                    return Optional.of(time);
                }
            } catch (DateTimeParseException e) {
                // said below
            }
            faults.add(new Problem.Fault(name, name + " must be a time such as 2026-11-22T10:15:30Z"));
            return Optional.empty();
        });
    }

    /** The constant whose name in lower case is the parameter's value. */
    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return text(name).flatMap(text -> {
            Optional<E> found = Arrays.stream(type.getEnumConstants())
                    .filter(constant -> label(constant).equals(text))
                    .findFirst();
            if (found.isEmpty()) {
                faults.add(new Problem.Fault(
                        name,
                        name + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Query::label)
                                        .collect(Collectors.joining(", "))));
            }
            return found;
        });
    }

    int limit() {
        return text("limit").map(this::limit).orElse(DEFAULT_LIMIT);
    }

    /** Ends the request when a parameter was wrong. */
    void check() {
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.of(faults));
        }
    }

    private int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Page.MAX_ITEMS) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        faults.add(new Problem.Fault("limit", "limit must be a number from 1 to " + Page.MAX_ITEMS));
        return DEFAULT_LIMIT;
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
