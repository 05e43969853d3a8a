package org.countersign.model.policy;

import java.util.List;
import org.countersign.model.command.Access;
import org.countersign.model.command.FieldName;

/** Which actions on which resources of which targets are given, and which functions beyond the harmless ones. */
public record Permission(
        List<Glob> targets, List<Glob> actions, List<ResourcePattern> resources, List<Glob> functions) {
    public Permission {
        targets = List.copyOf(targets);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        functions = List.copyOf(functions);
    }

    public boolean on(String target) {
        return anyMatches(targets, target);
    }

    public boolean covers(Access access) {
        return anyMatches(actions, access.action().name())
                && resources.stream().anyMatch(pattern -> pattern.covers(access.resource()));
    }

    /** Returns whether it covers the access by a column set that lists this very field. */
    public boolean coversByName(Access access, FieldName field) {
        return anyMatches(actions, access.action().name())
                && resources.stream()
                        .anyMatch(pattern ->
                                pattern.lists(field.container(), field.field()) && pattern.covers(access.resource()));
    }

    public boolean names(String function) {
        return anyMatches(functions, function);
    }

    private static boolean anyMatches(List<Glob> globs, String name) {
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
