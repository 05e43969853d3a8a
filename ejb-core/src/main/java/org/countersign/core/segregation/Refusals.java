package org.countersign.core.segregation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.model.CountersignError;
import org.countersign.model.Timestamp;
import org.countersign.model.policy.DutyUse;
import org.countersign.model.policy.HistoryConstraint;
import org.countersign.model.policy.SegregationConstraint;
import org.countersign.model.policy.Standing;
import org.countersign.model.policy.Verdict;

/** The words in which a constraint refuses: which it is, which earlier act, when and by whom. */
final class Refusals {
    private Refusals() {}

    static Verdict.Deny denied(SegregationConstraint constraint, String message, String advice) {
        return new Verdict.Deny(
                List.of(constraint.name()),
                CountersignError.CONFLICT_OF_DUTIES,
                message + " (" + constraint.name() + ")",
                constraint.hint(advice));
    }

    /** @param who the session or the task, at the start of a sentence */
    static Verdict.Deny dynamic(Standing.Conflict conflict, String who) {
        DutyUse use = conflict.use();
        String needed = use.sides().isEmpty()
                ? "this command would be more than one of "
                        + either(use.constraint().sides())
                : "this command would be " + either(use.sides());
        Optional<Standing.Side> earlier = conflict.earlier();
        String message = earlier.isEmpty()
                ? needed + ", which must be kept apart."
                : who + " has acted as " + either(earlier.get().left()) + " since "
                        + Timestamp.of(earlier.get().since()) + " ("
                        + earlier.get().by() + "); " + needed
                        + ", and both must be kept apart.";
        return denied(
                use.constraint(),
                message,
                switch (use.constraint().per()) {
                    case SESSION -> "Use another session for it.";
                    case TASK -> "It has to be done under another task.";
                });
    }

    /** @param consequence what follows for whoever answers for the act */
    static Verdict.Deny history(HistoryConstraint constraint, PastAct past, String consequence) {
        return denied(
                constraint,
                past.inWords() + "; whoever answers for that " + consequence
                        + constraint
                                .within()
                                .map(within ->
                                        " before " + Timestamp.of(past.last().plus(within)))
                                .orElse("")
                        + ".",
                "Somebody else has to do it.");
    }

    private static String either(Set<String> sides) {
        return String.join(" or ", new TreeSet<>(sides));
    }
}
