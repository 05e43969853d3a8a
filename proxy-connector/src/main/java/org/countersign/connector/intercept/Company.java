package org.countersign.connector.intercept;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.model.command.Command;

/**
 * What a client sent together with a command, behind it. Where people would have to be asked about each, they are asked
 * about all at once.
 */
public interface Company {
    /** For a command that is sent alone. */
    Company NONE = new Company() {
        @Override
        public List<Command> behind() {
            return List.of();
        }

        @Override
        public Command together(List<Command> commands) {
            throw new IllegalStateException("a command that is alone has no company");
        }

        @Override
        public CompletionStage<Boolean> unchanged(List<Command> commands) {
            return CompletableFuture.completedStage(true);
        }
    };

    /** The commands behind it of which is known already what they do, in the order in which they have their turns. */
    List<Command> behind();

    /** @param commands at least two: the one that has its turn and some of those behind it, in order */
    Command together(List<Command> commands);

    /** As {@link Recheck#unchanged}, of some of those behind it. */
    CompletionStage<Boolean> unchanged(List<Command> commands);
}
