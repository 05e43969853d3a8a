package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Every base column a query touches anywhere, for whatever: the sources of each column of a recursive query. */
final class Reach {
    private record Step(Node node, QueryScope scope) {}

    private final Lineage lineage;
    private final Struct recursive;
    private final Set<Column> columns = new HashSet<>();
    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<QueryScope> inside = new HashSet<>();

    /** @param recursive the query whose references to itself end the search */
    Reach(Lineage lineage, Struct recursive) {
        this.lineage = lineage;
        this.recursive = recursive;
    }

    Set<Column> columns(QueryScope scope) throws TreeException {
        enter(scope);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (step.node() instanceof Struct struct) {
                visit(struct, step.scope());
            } else {
                descend(step.node(), step.scope());
            }
        }
        return columns;
    }

    private void visit(Struct struct, QueryScope scope) throws TreeException {
        switch (struct.name()) {
            case "QUERY" -> enter(lineage.scopeOf(struct, scope));
            case "RANGETBLENTRY" -> {
                if (struct.has("subquery")) {
                    enter(lineage.scopeOfEntry(struct, scope));
                } else {
                    descend(struct, scope);
                }
            }
            case "VAR" -> variable(struct, scope);
            default -> descend(struct, scope);
        }
    }

    private void variable(Struct variable, QueryScope scope) throws TreeException {
        QueryScope owner = scope.up(variable.number("varlevelsup"));
        long number = variable.number("varno");
        Struct entry = owner.rangeTableEntry(number);
        long kind = entry.number("rtekind");
        boolean visitedAnyway = inside.contains(owner) && kind != QueryScope.RELATION && kind != QueryScope.CTE;
        boolean itself = kind == QueryScope.CTE && owner.commonTable(entry).field("ctequery") == recursive;
        if (!visitedAnyway && !itself) {
            columns.addAll(lineage.resolve(owner, number, variable.number("varattno")));
        }
    }

    private void enter(QueryScope scope) {
        if (inside.add(scope)) {
            descend(scope.query(), scope);
        }
    }

    private void descend(Node node, QueryScope scope) {
        for (Node child : QueryScope.children(node)) {
            open.push(new Step(child, scope));
        }
    }
}
