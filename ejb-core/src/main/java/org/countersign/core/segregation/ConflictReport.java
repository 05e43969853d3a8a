package org.countersign.core.segregation;

import java.util.List;

/**
 * What a constraint would find if it were in force.
 *
 * @param violations what is against it already
 * @param possible who could come into conflict with it
 * @param complete false when there is more than a report shows
 */
public record ConflictReport(
        ConstraintView constraint, List<Finding> violations, List<Finding> possible, boolean complete) {
    public ConflictReport {
        violations = List.copyOf(violations);
        possible = List.copyOf(possible);
    }

    /**
     * @param who the accounts of one human being
     * @param what in words
     */
    public record Finding(String who, String what) {}
}
