package org.countersign.model.policy;

import java.util.List;
import java.util.Optional;
import org.countersign.model.command.Access;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.Resource;

/**
 * Which actions on which resources of which targets are given, and which functions beyond the harmless ones.
 *
 * @param bounds what it is given within: nothing beyond this is given either
 */
public record Permission(
        List<Glob> targets,
        List<Glob> actions,
        List<ResourcePattern> resources,
        List<Glob> functions,
        Optional<Permission> bounds) {
    public Permission {
        targets = List.copyOf(targets);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        functions = List.copyOf(functions);
    }

    public Permission(List<Glob> targets, List<Glob> actions, List<ResourcePattern> resources, List<Glob> functions) {
        this(targets, actions, resources, functions, Optional.empty());
    }

    /** The part of it that is within another one. */
    Permission within(Permission other) {
        return new Permission(
                targets,
                actions,
                resources,
                functions,
                Optional.of(bounds.map(other::within).orElse(other)));
    }

    public boolean on(String target) {
        return anyMatches(targets, target) && bounds.stream().allMatch(bound -> bound.on(target));
    }

    public boolean covers(Access access) {
        return anyMatches(actions, access.action().name())
                && reaches(access.resource())
                && bounds.stream().allMatch(bound -> bound.covers(access));
    }

    /** Returns whether it gives any action on the resource. */
    boolean reaches(Resource resource) {
        return resources.stream().anyMatch(pattern -> pattern.covers(resource))
                && bounds.stream().allMatch(bound -> bound.reaches(resource));
    }

    /** Returns whether it covers the access by a column set that lists this very field. */
    public boolean coversByName(Access access, FieldName field) {
        return anyMatches(actions, access.action().name())
                && resources.stream()
                        .anyMatch(pattern ->
                                pattern.lists(field.container(), field.field()) && pattern.covers(access.resource()))
                && bounds.stream().allMatch(bound -> bound.covers(access));
    }

    public boolean names(String function) {
        return anyMatches(functions, function) && bounds.stream().allMatch(bound -> bound.names(function));
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
