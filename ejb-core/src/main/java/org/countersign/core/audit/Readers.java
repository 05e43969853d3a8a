package org.countersign.core.audit;

import org.countersign.core.NotAllowedException;
import org.countersign.core.identity.Caller;

/** Who may read the report. */
final class Readers {
    private Readers() {}

    static void check(Caller caller) {
        if (caller.machine() || !(caller.has("auditor") || caller.has("admin"))) {
            throw new NotAllowedException("Only auditors and administrators may read the report.");
        }
    }
}
