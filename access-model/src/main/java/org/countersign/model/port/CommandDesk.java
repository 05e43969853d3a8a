package org.countersign.model.port;

import org.countersign.model.command.Command;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/** What may be done. Called for every command, on the session's event loop: no I/O, no store, no waiting. */
public interface CommandDesk {
    /** @param commandsSoFar commands of this session before this one */
    Ruling decide(SessionFacts session, Command command, long commandsSoFar);

    /**
     * @param policyVersion the version of the snapshot that decided; 0 when none could
     * @param needsStore whether a verdict to let it run is only valid once {@link ApprovalDesk#settle} agreed
     */
    record Ruling(Verdict verdict, long policyVersion, boolean needsStore) {
        /** A verdict that stands by itself. */
        public Ruling(Verdict verdict, long policyVersion) {
            this(verdict, policyVersion, false);
        }
    }
}
