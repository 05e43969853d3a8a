package org.countersign.model.port;

import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.session.SessionFacts;

/** What became of an inquiry. */
public sealed interface Explanation {
    /** The session that was opened for it; its recording has the inquiry. */
    SessionFacts session();

    /**
     * It was understood and judged.
     *
     * @param later which of its parts, counted from 0, can be understood only once those before them ran; each is judged
     *     when its turn comes
     */
    record Judged(SessionFacts session, Command command, Set<Integer> later, CommandDesk.Ruling ruling)
            implements Explanation {
        public Judged {
            later = Set.copyOf(later);
        }
    }

    /**
     * The target finds a mistake in it.
     *
     * @param message as the principal would see it
     * @param position where in the text, counted in characters from 1; empty where the target does not say
     */
    record Mistaken(SessionFacts session, String sqlState, String message, String hint, Optional<Integer> position)
            implements Explanation {}

    /** It cannot be inspected, so it would be refused whatever the policy says. */
    record Unreadable(SessionFacts session, String kind, CountersignError error, String message, String hint)
            implements Explanation {}
}
