package org.countersign.core.risk;

import org.countersign.model.session.Principal;

/**
 * Under what something that was used is counted.
 *
 * @param name of the principal
 * @param subject the role or the target
 * @param period the day (UTC) as 2026-11-22, or the task
 */
public record UseKey(String issuer, String name, Kind kind, String subject, String period) {
    /** Constants are names in the store. */
    public enum Kind {
        ROLE_TASK,
        ROLE_DAY,
        TARGET_DAY
    }

    static UseKey of(Principal principal, Kind kind, String subject, String period) {
        return new UseKey(principal.issuer(), principal.name(), kind, subject, period);
    }
}
