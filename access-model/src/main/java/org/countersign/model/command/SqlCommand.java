package org.countersign.model.command;

import java.util.List;
import java.util.Set;

/**
 * One SQL statement as the target's own analysis understood it.
 *
 * @param analysis what the statement would do
 * @param settings the session settings that change its meaning, {@code name=value}, sorted
 */
public record SqlCommand(
        String kind,
        String text,
        List<Parameter> parameters,
        SqlAnalysis analysis,
        List<String> settings,
        boolean inTransaction)
        implements Command {
    public SqlCommand {
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
    }

    @Override
    public List<Access> accesses() {
        return analysis.accesses();
    }

    @Override
    public Set<Effect> effects() {
        return analysis.effects();
    }

    @Override
    public List<String> functions() {
        return analysis.functions();
    }

    @Override
    public boolean hasPredicate() {
        return analysis.hasPredicate();
    }

    @Override
    public int statements() {
        return 1;
    }

    @Override
    public List<OutputField> outputs() {
        return analysis.outputs();
    }

    @Override
    public Set<FieldName> examined() {
        return analysis.examined();
    }

    @Override
    public Set<FieldName> moved() {
        return analysis.moved();
    }

    @Override
    public Set<FieldName> written() {
        return analysis.written();
    }

    /** Text and values stay out of logs. */
    @Override
    public String toString() {
        return "SqlCommand[" + kind + "]";
    }
}
