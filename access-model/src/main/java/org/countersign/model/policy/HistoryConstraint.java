package org.countersign.model.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who did one thing may not do another.
 *
 * @param did what counts, done by anybody who shares a responsible person with who acts now
 * @param mayNotDo what such a person may not do any more, himself or through an agent
 * @param mayNotApprove what he may not countersign any more
 * @param same how near the two have to be
 */
public record HistoryConstraint(
        String name,
        TargetSelector targets,
        Deeds did,
        Optional<Deeds> mayNotDo,
        Optional<Deeds> mayNotApprove,
        Same same,
        Optional<Duration> within,
        String message)
        implements SegregationConstraint {
    public HistoryConstraint {
        if (mayNotDo.isEmpty() && mayNotApprove.isEmpty()) {
            throw new IllegalArgumentException("a history has a consequence");
        }
    }

    /** How near what was done and what may not be done have to be to each other. */
    public enum Same {
        RESOURCE,
        /** The schema. */
        NAMESPACE,
        TARGET,
        /** Any of the selected targets. */
        ANY;

        /** The name used in manifests. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether these are, as far as can be told, near enough to each other; on one target unless {@link Same#ANY}. */
    public boolean near(Deeds.Deed then, Deeds.Deed now) {
        if (then.everything() || now.everything()) {
            return true;
        }
        return switch (same) {
            case RESOURCE -> then.resource().equals(now.resource());
            case NAMESPACE -> namespace(then).equals(namespace(now));
            case TARGET, ANY -> true;
        };
    }

    /** Returns whether any of these deeds counts, or may be forbidden to whoever did something before. */
    boolean concerns(List<Deeds.Deed> deeds) {
        for (Deeds.Deed deed : deeds) {
            if ((deed.traced() && did.include(deed))
                    || (mayNotDo.isPresent() && mayNotDo.get().include(deed))) {
                return true;
            }
        }
        return false;
    }

    /** What of these deeds the constraint may forbid. */
    public List<Deeds.Deed> limited(List<Deeds.Deed> deeds, Optional<Deeds> mayNot) {
        return mayNot.isEmpty()
                ? List.of()
                : deeds.stream().filter(mayNot.get()::include).toList();
    }

    /** What a name that is not the catalog's belongs to is itself. */
    private static String namespace(Deeds.Deed deed) {
        try {
            return SqlNames.split(deed.resource(), '.').get(0);
        } catch (IllegalArgumentException e) {
            return deed.resource();
        }
    }
}
