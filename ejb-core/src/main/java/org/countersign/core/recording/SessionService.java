package org.countersign.core.recording;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;

/**
 * Shows sessions and their recordings: to auditors, approvers and admins all, to others their own and their agents'.
 * What a caller may not see does not exist for him ({@link org.countersign.core.UnknownIdException}).
 */
@Stateless
@PermitAll
public class SessionService {
    public Page<SessionView> list(Caller caller, SessionFilter filter) {
        throw new UnsupportedOperationException();
    }

    public Optional<SessionView> find(Caller caller, UUID session) {
        throw new UnsupportedOperationException();
    }

    /** Lists the commands of a session, the latest first. */
    public Page<CommandView> commands(Caller caller, UUID session, CommandFilter filter) {
        throw new UnsupportedOperationException();
    }

    /** Returns the answer to one command as its client saw it; without rows when it was refused. */
    public CommandResult result(Caller caller, UUID session, UUID command) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends a live session, on whichever node it is.
     *
     * @throws org.countersign.core.NotAllowedException when the caller is neither an admin nor responsible for the
     *     session's principal
     */
    public void terminate(Caller caller, UUID session) {
        throw new UnsupportedOperationException();
    }

    /** Streams the recording's lines in their order, from the first to the last frame there is now. */
    public void recording(Caller caller, UUID session, RecordingSink sink) throws IOException {
        throw new UnsupportedOperationException();
    }
}
