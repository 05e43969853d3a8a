package org.countersign.model.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.Command;
import org.countersign.model.session.SessionFacts;

/** When a guardrail applies. Compiled once, evaluated for every command, on any thread, without I/O. */
@FunctionalInterface
public interface Condition {
    /**
     * Returns whether the guardrail applies.
     *
     * @throws ConditionFailedException when it cannot be evaluated; a deny or approve guardrail then applies
     */
    boolean matches(Situation situation) throws ConditionFailedException;

    /**
     * Everything a condition may ask about.
     *
     * @param roles names of the roles the principal holds
     * @param classes data classes of the fields the command touches
     * @param registration what the agent was registered for; empty for a person and for an agent that never was
     * @param commandsSoFar commands of this session before this one
     * @param assessment what is found out only when it is asked for
     */
    record Situation(
            SessionFacts session,
            Command command,
            Set<String> roles,
            Set<String> classes,
            Optional<AgentRegistration> registration,
            long commandsSoFar,
            Instant now,
            Assessment assessment) {}

    /** The condition has no answer for this command. */
    final class ConditionFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        public ConditionFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
