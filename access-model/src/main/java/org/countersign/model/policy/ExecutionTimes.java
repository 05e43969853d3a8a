package org.countersign.model.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When an approved command may run.
 *
 * @param all of each list one window has to be open; without any list there is no limit
 */
public record ExecutionTimes(List<List<WeeklyWindow>> all) {
    public static final ExecutionTimes ALWAYS = new ExecutionTimes(List.of());

    /** Windows that do not meet within this time never do: clocks change twice a year. */
    private static final Duration HORIZON = Duration.ofDays(371);

    public ExecutionTimes {
        all = all.stream().map(List::copyOf).distinct().toList();
    }

    public boolean open(Instant now) {
        return all.stream().allMatch(windows -> windows.stream().anyMatch(window -> window.open(now)));
    }

    /** Returns the first moment from now on at which all are open; empty when they never are together. */
    public Optional<Instant> next(Instant now) {
        Instant at = now;
        while (!open(at)) {
            Instant from = at;
            at = all.stream()
                    .map(windows -> windows.stream()
                            .map(window -> window.next(from))
                            .min(Comparator.naturalOrder())
                            .orElseThrow())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            if (Duration.between(now, at).compareTo(HORIZON) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    ExecutionTimes and(ExecutionTimes other) {
        var both = new ArrayList<>(all);
        both.addAll(other.all);
        return new ExecutionTimes(both);
    }

    boolean covers(ExecutionTimes asked) {
        return all.containsAll(asked.all);
    }

    /** In words: {@code Mon-Fri 22:00-04:00 Europe/Berlin}; empty without a limit. */
    public String text() {
        return all.stream()
                .map(windows -> windows.stream().map(WeeklyWindow::toString).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(", and also "));
    }
}
