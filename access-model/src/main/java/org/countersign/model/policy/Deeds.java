package org.countersign.model.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Resource;

/** Actions on resources, as a constraint names them. What reaches everything reaches each resource. */
public record Deeds(List<Glob> actions, List<Glob> resources) {
    /** What changes nothing and gives nothing away that a record of it would be kept for. */
    public static final Set<String> TRACELESS = Set.of("sql:select", "sql:session");

    private static final Action EXECUTE = Action.sql("execute");

    public Deeds {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }

    /** One thing that was done or is to be done. */
    public record Deed(String action, String resource) {
        /** Returns whether it cannot be told what it reaches. */
        public boolean everything() {
            return new Resource.Everything().name().equals(resource);
        }

        /** Returns whether the histories keep it. */
        public boolean traced() {
            return !TRACELESS.contains(action);
        }
    }

    public boolean include(Deed deed) {
        return anyMatches(actions, deed.action()) && (deed.everything() || anyMatches(resources, deed.resource()));
    }

    /** What a command does, functions included. */
    public static List<Deed> of(Command command) {
        var deeds = new ArrayList<Deed>();
        for (Access access : command.accesses()) {
            deeds.add(new Deed(access.action().name(), access.resource().name()));
        }
        for (String function : command.functions()) {
            deeds.add(new Deed(EXECUTE.name(), function));
        }
        return deeds.stream().distinct().toList();
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
