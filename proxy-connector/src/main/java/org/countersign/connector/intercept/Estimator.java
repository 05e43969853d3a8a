package org.countersign.connector.intercept;

import java.util.concurrent.CompletionStage;
import org.countersign.model.command.Command;

/** Has the target guess how many rows a command would return or change; nothing of the command runs. */
@FunctionalInterface
public interface Estimator {
    /** The same command with what was found out; what cannot be found out is no failure. */
    CompletionStage<Command> estimated(Command command);
}
