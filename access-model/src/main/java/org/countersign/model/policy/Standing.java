package org.countersign.model.policy;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sides that one session or one task has taken in dynamic constraints. Immutable.
 *
 * @param sides by name of the constraint
 */
public record Standing(Map<String, Side> sides) {
    public static final Standing NONE = new Standing(Map.of());

    public Standing {
        sides = Map.copyOf(sides);
    }

    /**
     * What is left of a constraint's sides.
     *
     * @param left of these it is on one; which of them may show later
     * @param since when a side was taken first
     * @param by what took it, in words
     */
    public record Side(Set<String> left, Instant since, String by) {
        public Side {
            left = Set.copyOf(left);
        }
    }

    /** What speaks against a command. */
    public record Conflict(DutyUse use, Optional<Side> earlier) {}

    /** The first of the uses that this standing does not permit. */
    public Optional<Conflict> conflict(List<DutyUse> uses, Instant now) {
        for (DutyUse use : uses) {
            Optional<Side> earlier = side(use.constraint(), now);
            if (left(use, earlier).isEmpty()) {
                return Optional.of(new Conflict(use, earlier));
            }
        }
        return Optional.empty();
    }

    /** The standing after the uses, none of which is in conflict with it. */
    public Standing with(List<DutyUse> uses, Instant now, String by) {
        if (uses.isEmpty()) {
            return this;
        }
        var next = new HashMap<>(sides);
        for (DutyUse use : uses) {
            Optional<Side> earlier = side(use.constraint(), now);
            Set<String> left = left(use, earlier);
            next.put(
                    use.constraint().name(),
                    earlier.isPresent() && earlier.get().left().size() == left.size()
                            ? earlier.get()
                            : new Side(left, now, by));
        }
        return new Standing(next);
    }

    private Optional<Side> side(DynamicConstraint constraint, Instant now) {
        return Optional.ofNullable(sides.get(constraint.name())).filter(side -> constraint.counts(side.since(), now));
    }

    private static Set<String> left(DutyUse use, Optional<Side> earlier) {
        var left = new HashSet<>(use.sides());
        earlier.ifPresent(side -> left.retainAll(side.left()));
        return left;
    }
}
