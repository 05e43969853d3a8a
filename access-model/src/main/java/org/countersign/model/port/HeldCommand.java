package org.countersign.model.port;

import java.util.Optional;
import org.countersign.model.command.Command;
import org.countersign.model.policy.Risk;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;

/**
 * A command that needs approval, with everything the approval binds.
 *
 * @param digest {@code sha256:} and 64 hex digits, of {@link ApprovalDigest}
 * @param deferred whether the client does not wait: an approval given earlier to the same digest may be redeemed
 * @param risk as it was when it was held
 */
public record HeldCommand(
        SessionFacts session,
        Command command,
        long commandsSoFar,
        String digest,
        Verdict.Hold hold,
        long policyVersion,
        boolean deferred,
        Optional<Risk> risk) {
    /** One whose risk nobody has weighed. */
    public HeldCommand(
            SessionFacts session,
            Command command,
            long commandsSoFar,
            String digest,
            Verdict.Hold hold,
            long policyVersion,
            boolean deferred) {
        this(session, command, commandsSoFar, digest, hold, policyVersion, deferred, Optional.empty());
    }
}
