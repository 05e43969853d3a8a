package org.countersign.portal.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.UnknownIdException;
import org.countersign.core.identity.Caller;
import org.countersign.core.recording.CommandFilter;
import org.countersign.core.recording.CommandResult;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionService;
import org.countersign.core.recording.SessionView;

/** Plays one session back. */
public final class SessionPresenter {
    private static final int PAGE = 200;

    private final SessionService sessions;
    private final Supplier<Caller> caller;

    public SessionPresenter(SessionService sessions, Supplier<Caller> caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    /**
     * A stretch of the session in the order in which it happened.
     *
     * @param earlier the cursor of what came before; empty at the beginning of the session
     */
    public record Reel(List<CommandView> commands, Optional<String> earlier) {}

    /** What a command came to, in a word and a sentence. */
    public record Ending(String word, String sentence, Mood mood) {}

    /** How an ending is to be taken. */
    public enum Mood {
        FINE,
        STOPPED,
        WAITING,
        UNCLEAR
    }

    public Optional<SessionView> find(UUID session) {
        return sessions.find(caller.get(), session);
    }

    /** Returns the latest part of the session, or the part before a cursor. */
    public Reel reel(UUID session, Optional<String> before) {
        Page<CommandView> latestFirst =
                sessions.commands(caller.get(), session, new CommandFilter(Optional.empty(), PAGE, before));
        var inOrder = new ArrayList<>(latestFirst.items());
        Collections.reverse(inOrder);
        return new Reel(List.copyOf(inOrder), latestFirst.next());
    }

    public CommandResult result(UUID session, UUID command) {
        return sessions.result(caller.get(), session, command);
    }

    /** @return what to tell the person who asked */
    public String terminate(UUID session) {
        try {
            sessions.terminate(caller.get(), session);
            return "The session is ended.";
        } catch (NotAllowedException e) {
            return "You may not end this session: only an administrator or whoever answers for its principal may.";
        } catch (UnknownIdException e) {
            return "The session is not there any more.";
        }
    }

    public static Ending ending(CommandView command) {
        String verdict = command.finalVerdict().or(command::verdict).orElse("");
        boolean held = command.verdict().filter("hold"::equals).isPresent();
        if (command.outcome().equals("explained")) {
            return new Ending("Explained", explained(verdict) + " It never was to run.", Mood.FINE);
        }
        return switch (verdict) {
            case "deny" ->
                held
                        ? new Ending("Not approved", command.message(), Mood.STOPPED)
                        : new Ending("Denied", command.message(), Mood.STOPPED);
            case "hold" -> new Ending("Held", "It waits for somebody to approve it.", Mood.WAITING);
            case "allow" -> ran(command, held);
            default ->
                new Ending("No verdict", "The session ended before this was decided; it did not run.", Mood.UNCLEAR);
        };
    }

    private static String explained(String verdict) {
        return switch (verdict) {
            case "deny" -> "Somebody wanted to know: it would be denied.";
            case "hold" -> "Somebody wanted to know: it would wait for somebody to approve it.";
            case "allow" -> "Somebody wanted to know: it would be allowed.";
            default -> "Somebody wanted to know: the target finds a mistake in it.";
        };
    }

    private static Ending ran(CommandView command, boolean held) {
        return switch (command.outcome()) {
            case "executed" -> new Ending(held ? "Approved" : "Allowed", "It ran.", Mood.FINE);
            case "failed" -> new Ending("Failed", "It was allowed; the target refused it.", Mood.STOPPED);
            case "refused" -> new Ending("Refused", command.message(), Mood.STOPPED);
            default ->
                new Ending(
                        "Unknown",
                        "Whether it ran is not known: the connection broke before the target answered.",
                        Mood.UNCLEAR);
        };
    }
}
