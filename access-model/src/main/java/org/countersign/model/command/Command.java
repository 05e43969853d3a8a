package org.countersign.model.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One intercepted unit of work with what its analysis found. What belongs to one protocol only stays in its record. */
public sealed interface Command permits SqlCommand {
    /** The statement's kind in lower case: {@code select}, {@code update}, {@code create table}. */
    String kind();

    /** Exactly what the client sent. */
    String text();

    /** Why it is sent, in the words of whoever sends it; of several statements, what they say one after the other. */
    Optional<String> reason();

    List<Parameter> parameters();

    /** The texts that stand in the command itself as constants, as far as a mask could have been written with them. */
    default List<String> constants() {
        return List.of();
    }

    List<Access> accesses();

    Set<Effect> effects();

    /** Signatures of functions beyond the harmless built-in ones, which a permission has to name. */
    List<String> functions();

    /** Whether every write names which rows it means; true for a command that writes nothing. */
    boolean hasPredicate();

    /**
     * The commands it consists of, in order; only itself unless it holds several statements. The policy judges each, and
     * all together.
     */
    default List<Command> parts() {
        return List.of(this);
    }

    default int statements() {
        return parts().size();
    }

    List<OutputField> outputs();

    /** Fields used inside expressions, predicates, joins, groupings and orderings: an inference channel. */
    Set<FieldName> examined();

    /** Fields whose values a write would move somewhere else. */
    Set<FieldName> moved();

    /** Fields a write would change. */
    Set<FieldName> written();

    /** Whether an approval can bind all of it; false for one whose data comes only once it runs. */
    boolean bindable();

    /** How many rows it would return or change, as far as anybody asked. */
    Estimate estimate();

    /** The same with what is known of its rows, and of those of its parts. */
    Command estimated(Estimate found);

    /** Whether the session is inside a transaction block when the command arrives. */
    boolean inTransaction();
}
