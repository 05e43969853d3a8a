package org.countersign.model.port;

import java.util.Optional;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Risk;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/** What may be done. Called for every command, on the session's event loop: no I/O, no store, no waiting. */
public interface CommandDesk {
    /** @param commandsSoFar commands of this session before this one */
    Ruling decide(SessionFacts session, Command command, long commandsSoFar);

    /**
     * @param policyVersion the version of the snapshot that decided; 0 when none could
     * @param needsStore whether a verdict to let it run is only valid once {@link ApprovalDesk#settle} agreed
     * @param risk of the command, where somebody asked for it
     * @param estimateMissing whether it has to be decided about once more, with the command's {@link Command#estimate}
     * @param allowance what it draws on when it runs
     */
    record Ruling(
            Verdict verdict,
            long policyVersion,
            boolean needsStore,
            Optional<Risk> risk,
            boolean estimateMissing,
            Allowance allowance) {
        /** A verdict that draws on nothing. */
        public Ruling(Verdict verdict, long policyVersion, boolean needsStore) {
            this(verdict, policyVersion, needsStore, Optional.empty(), false, Allowance.UNLIMITED);
        }

        /** A verdict that stands by itself. */
        public Ruling(Verdict verdict, long policyVersion) {
            this(verdict, policyVersion, false);
        }

        /** The same, valid only once the store agreed. */
        public Ruling needingStore() {
            return new Ruling(verdict, policyVersion, true, risk, estimateMissing, allowance);
        }

        /** Another verdict about the same command. */
        public Ruling with(Verdict other) {
            boolean missing = estimateMissing && other instanceof Verdict.Hold;
            return new Ruling(other, policyVersion, false, risk, missing, allowance);
        }
    }
}
