package org.countersign.core.recording;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.countersign.core.Cursor;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.identity.Visibility;
import org.countersign.journal.Frame;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;

/**
 * Shows sessions and their recordings: to auditors, approvers and admins all, to others their own and their agents'.
 * What a caller may not see does not exist for him ({@link UnknownIdException}).
 */
@Stateless
@PermitAll
public class SessionService {
    /** An abandoned session's last frames may be younger than its noted end. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    @Inject
    private Sessions sessions;

    @Inject
    private Recordings recordings;

    @Inject
    private LiveSessions live;

    public Page<SessionView> list(Caller caller, SessionFilter filter) {
        return Page.read(
                filter.limit(),
                () -> sessions.list(caller, filter),
                entity -> view(caller, entity),
                view -> new Cursor(view.startedAt(), view.id()));
    }

    public Optional<SessionView> find(Caller caller, UUID session) {
        return sessions.find(session)
                .filter(entity -> Visibility.of(caller, entity.principal()))
                .map(entity -> view(caller, entity));
    }

    /** Lists the commands of a session, the latest first. Reads the recording: no store connection is held. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<CommandView> commands(Caller caller, UUID session, CommandFilter filter) {
        CommandList list = new CommandList(filter);
        read(caller, session, list::read);
        return list.page();
    }

    /** Returns the answer to one command as its client saw it; without rows when it was refused. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public CommandResult result(Caller caller, UUID session, UUID command) {
        ResultFold fold = new ResultFold(command);
        read(caller, session, fold::read);
        return fold.result().orElseThrow(() -> new UnknownIdException("command", command));
    }

    /**
     * Ends a live session, on whichever node it is.
     *
     * @throws NotAllowedException when the caller is neither an admin nor responsible for the session's principal
     */
    public void terminate(Caller caller, UUID session) {
        SessionEntity entity = sessions.lock(session)
                .filter(known -> Visibility.of(caller, known.principal()))
                .orElseThrow(() -> new UnknownIdException("session", session));
        if (!mayTerminate(caller, entity.principal())) {
            throw new NotAllowedException("Only an admin or a person who answers for "
                    + entity.principal().name() + " may end this session.");
        }
        entity.requestTermination(caller.principal().name());
        live.terminate(new SessionId(session), caller.principal().name());
    }

    /** Streams the recording's lines in their order, from the first to the last frame there is now. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void recording(Caller caller, UUID session, RecordingSink sink) throws IOException {
        try {
            read(caller, session, frame -> {
                try {
                    sink.line(RecordingLine.of(frame));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(Caller caller, UUID session, Consumer<Frame> reader) {
        SessionView view = find(caller, session).orElseThrow(() -> new UnknownIdException("session", session));
        recordings.frames(
                session,
                view.startedAt(),
                view.endedAt().map(end -> end.plus(SLACK)).orElse(Instant.MAX),
                reader);
    }

    private static boolean mayTerminate(Caller caller, Principal principal) {
        return !caller.principal().agent() && (caller.has("admin") || Visibility.responsible(caller, principal));
    }

    private static SessionView view(Caller caller, SessionEntity entity) {
        Principal principal = entity.principal();
        return new SessionView(
                entity.id(),
                PrincipalView.of(principal),
                entity.target(),
                entity.protocol(),
                entity.address(),
                entity.tls(),
                entity.startedAt(),
                entity.endedAt(),
                entity.endReason(),
                entity.counters().commands(),
                entity.counters().denied(),
                entity.counters().held(),
                entity.endedAt().isEmpty() && mayTerminate(caller, principal));
    }
}
