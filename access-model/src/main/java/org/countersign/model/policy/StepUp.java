package org.countersign.model.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How whoever decides has to be signed in.
 *
 * @param within how long ago at most
 * @param levels the accepted values of the {@code acr} claim; absent: any. None at all is accepted from nobody
 */
public record StepUp(Duration within, Optional<Set<String>> levels) {
    public StepUp {
        levels = levels.map(Set::copyOf);
        if (!within.isPositive()) {
            throw new IllegalArgumentException("a sign-in may be some time ago");
        }
    }

    /** What is not known is not recent enough, nor strong enough. */
    public boolean met(Optional<Instant> signedInAt, Optional<String> level, Instant now) {
        return signedInAt
                        .filter(at -> Duration.between(at, now).compareTo(within) <= 0)
                        .isPresent()
                && levels.stream()
                        .allMatch(accepted -> level.filter(accepted::contains).isPresent());
    }

    StepUp and(StepUp other) {
        return new StepUp(
                within.compareTo(other.within) <= 0 ? within : other.within,
                levels.isPresent() && other.levels.isPresent()
                        ? Optional.of(both(levels.get(), other.levels.get()))
                        : levels.or(other::levels));
    }

    private static Set<String> both(Set<String> one, Set<String> two) {
        var both = new HashSet<>(one);
        both.retainAll(two);
        return both;
    }

    boolean covers(StepUp asked) {
        return within.compareTo(asked.within) <= 0
                && asked.levels.stream().allMatch(accepted -> levels.isPresent() && accepted.containsAll(levels.get()));
    }
}
