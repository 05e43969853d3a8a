package org.countersign.model.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one person, session or task may not combine, in the three forms of ANSI INCITS 359 and its histories. */
public sealed interface SegregationConstraint permits StaticConstraint, DynamicConstraint, HistoryConstraint {
    String name();

    TargetSelector targets();

    /** How long what happened before counts; empty: for ever. */
    Optional<Duration> within();

    /** The author's words for whoever is refused; may be empty. */
    String message();

    /** Returns whether something of that time still counts. What a clock put in the future does. */
    default boolean counts(Instant then, Instant now) {
        return within().isEmpty() || now.isBefore(then.plus(within().get()));
    }

    /** The author's words and how to go on. */
    default String hint(String advice) {
        return message().isBlank() ? advice : message() + " " + advice;
    }
}
