package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.session.Principal;

/**
 * Which of his grants somebody needs for one command: roles he holds come first, so that nothing is used up for what he may
 * do anyway.
 */
final class GrantNeed {
    private final PolicySnapshot snapshot;
    private final TargetPolicy target;
    private final Command command;
    private final List<RolePolicy> covering;
    private final Entitlement.Missing uncovered;
    private final List<GrantedRole> needed = new ArrayList<>();
    private Entitlement.Missing missing;
    private List<RolePolicy> fallback = List.of();

    /**
     * @param covering the roles held that cover a part of the command
     * @param uncovered what they leave
     */
    GrantNeed(
            PolicySnapshot snapshot,
            TargetPolicy target,
            Command command,
            List<RolePolicy> covering,
            Entitlement.Missing uncovered) {
        this.snapshot = snapshot;
        this.target = target;
        this.command = command;
        this.covering = List.copyOf(covering);
        this.uncovered = uncovered;
        this.missing = uncovered;
    }

    /** What may be used again is used before what is used up. */
    GrantNeed of(List<GrantedRole> granted) {
        if (command.accesses().isEmpty() && command.functions().isEmpty()) {
            fallback = granted.stream().map(GrantedRole::role).toList();
            return this;
        }
        granted.stream()
                .sorted(Comparator.comparing((GrantedRole each) -> each.grant().single()))
                .filter(each -> covers(each) || shows(each))
                .forEach(this::take);
        return this;
    }

    private boolean covers(GrantedRole each) {
        return missing.accesses().stream().anyMatch(access -> each.covers(access, target.name()))
                || missing.functions().stream().anyMatch(function -> each.names(function, target.name()));
    }

    /** Returns whether some value of the command is hidden less with it. */
    private boolean shows(GrantedRole each) {
        var with = new ArrayList<>(needed);
        with.add(each);
        Masks before = masks(needed);
        Masks after = masks(with);
        return looked().stream().anyMatch(field -> before.of(field).compareTo(after.of(field)) < 0)
                || shown().stream().anyMatch(field -> scanned(before, field).compareTo(scanned(after, field)) < 0)
                || (each.covers(command, target.name())
                        && !command.outputs().isEmpty()
                        && target.detectors().stream()
                                .anyMatch(detector -> before.of(detector).compareTo(after.of(detector)) < 0));
    }

    private void take(GrantedRole each) {
        needed.add(each);
        missing = missing.without(
                access -> each.covers(access, target.name()), function -> each.names(function, target.name()));
    }

    /** As a result has it: what the columns' masks leave, the detectors of its classes may still find. */
    private MaskKind scanned(Masks masks, FieldName field) {
        MaskKind shown = masks.of(field);
        for (String dataClass : target.classesOf(field)) {
            if (target.detectors().contains(dataClass)) {
                shown = shown.strictest(masks.of(dataClass));
            }
        }
        return shown;
    }

    private Set<FieldName> shown() {
        var fields = new HashSet<FieldName>();
        for (OutputField output : command.outputs()) {
            fields.addAll(output.sources());
        }
        return fields;
    }

    private Set<FieldName> looked() {
        var fields = new HashSet<>(command.examined());
        fields.addAll(command.moved());
        fields.addAll(command.written());
        return fields;
    }

    private Masks masks(List<GrantedRole> granted) {
        return granted.isEmpty()
                ? new Masks(target, covering)
                : new Masks(target, covering, new Sight(target.name(), command, granted, uncovered.accesses()));
    }

    Entitlement entitlement(Principal principal, List<RolePolicy> held, List<RolePolicy> onTarget) {
        List<RolePolicy> seeing = covering;
        if (needed.isEmpty() && covering.isEmpty()) {
            seeing = onTarget.isEmpty() ? fallback : onTarget;
        }
        return new Entitlement(
                snapshot,
                target,
                principal,
                held,
                onTarget,
                seeing,
                List.copyOf(needed),
                needed.isEmpty() ? new Masks(target, seeing) : masks(needed),
                missing);
    }
}
