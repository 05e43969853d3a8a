package org.countersign.model.policy;

import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Command;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.Resource;

/** @param role the part of the role that the grant gives */
record GrantedRole(Grant grant, RolePolicy role) {
    boolean covers(Access access, String target) {
        return role.permissions().stream().anyMatch(permission -> permission.on(target) && permission.covers(access));
    }

    boolean names(String function, String target) {
        return role.permissions().stream().anyMatch(permission -> permission.on(target) && permission.names(function));
    }

    boolean covers(Command command, String target) {
        return command.accesses().stream().allMatch(access -> covers(access, target))
                && command.functions().stream().allMatch(function -> names(function, target));
    }

    /** Returns whether it gives anything on this very field. */
    boolean reaches(FieldName field, String target) {
        var alone = new Resource.Relation(field.container(), Set.of(field.field()));
        return role.permissions().stream().anyMatch(permission -> permission.on(target) && permission.reaches(alone));
    }
}
