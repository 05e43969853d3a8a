package org.countersign.model.policy;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.Resource;

/**
 * What one command sees by grants, beyond what roles show: a field that a grant reaches is shown as the grant's role shows
 * it, every other one as it was.
 *
 * @param granted those that the command needs
 * @param uncovered the accesses that no held role covers
 */
record Sight(String target, Command command, List<GrantedRole> granted, List<Access> uncovered) {
    /** The grants that show the field: each access of the command that touches it is within them. */
    List<RolePolicy> reaching(FieldName field) {
        List<Access> touching = command.accesses().stream()
                .filter(access -> access.resource() instanceof Resource.Relation relation
                        && relation.name().equals(field.container())
                        && (relation.columns().contains(field.field())
                                || relation.columns().contains(Resource.WHOLE_ROW)))
                .toList();
        return granted.stream()
                .filter(each -> touching.isEmpty()
                        ? each.covers(command, target) && (touched(field) || each.reaches(field, target))
                        : touching.stream().allMatch(access -> each.covers(alone(access, field), target)))
                .map(GrantedRole::role)
                .toList();
    }

    private static Access alone(Access access, FieldName field) {
        return new Access(access.action(), new Resource.Relation(field.container(), Set.of(field.field())));
    }

    /** The grants by which alone the command may run. */
    List<RolePolicy> sufficient() {
        return granted.stream()
                .filter(each -> each.covers(command, target))
                .map(GrantedRole::role)
                .toList();
    }

    List<RolePolicy> all() {
        return granted.stream().map(GrantedRole::role).toList();
    }

    /** Returns whether the held roles say how the field is seen: nothing that touches it is missing among them. */
    boolean heldRolesShow(FieldName field) {
        return uncovered.stream()
                .noneMatch(access -> access.resource() instanceof Resource.Everything
                        || (access.resource() instanceof Resource.Relation relation
                                && relation.name().equals(field.container())));
    }

    /** Returns whether the command has to do with the field in any way. */
    private boolean touched(FieldName field) {
        return command.outputs().stream().anyMatch(output -> output.sources().contains(field))
                || List.<Collection<FieldName>>of(command.examined(), command.moved(), command.written()).stream()
                        .anyMatch(fields -> fields.contains(field));
    }
}
