package org.countersign.connector.postgres.analysis;

import java.util.List;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.jspecify.annotations.Nullable;

/**
 * One query and the queries around it, in which its variables are looked up.
 *
 * @param parent the query it is written in; null for the outermost
 * @param system whether it is the text of a view that came with the server: not the client's doing
 */
record QueryScope(Struct query, @Nullable QueryScope parent, int depth, boolean system) {
    static final int MAX_DEPTH = 150;

    static final int RELATION = 0;
    static final int SUBQUERY = 1;
    static final int JOIN = 2;
    static final int FUNCTION = 3;
    static final int TABLE_FUNCTION = 4;
    static final int VALUES = 5;
    static final int CTE = 6;
    static final int TRANSITION_TABLE = 7;
    static final int RESULT = 8;
    static final int GROUP = 9;

    QueryScope {
        if (depth > MAX_DEPTH) {
            throw new NestedTooDeeplyException();
        }
    }

    /** Unchecked because a record's constructor may throw nothing else; {@link StatementAnalysis} refuses. */
    static final class NestedTooDeeplyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static QueryScope outermost(Struct query) {
        return new QueryScope(query, null, 0, false);
    }

    QueryScope inside(Struct subquery) throws TreeException {
        long view = expandedView(subquery);
        return new QueryScope(subquery, this, depth + 1, system || view > 0 && view < Column.FIRST_USER_OID);
    }

    QueryScope up(long levels) throws TreeException {
        QueryScope scope = this;
        for (long i = 0; i < levels; i++) {
            if (scope.parent == null) {
                throw new TreeException("a variable points outside its statement");
            }
            scope = scope.parent;
        }
        return scope;
    }

    Struct rangeTableEntry(long number) throws TreeException {
        List<Node> entries = query.items("rtable");
        if (number < 1 || number > entries.size() || !(entries.get((int) number - 1) instanceof Struct entry)) {
            throw new TreeException("a variable points to no relation");
        }
        return entry;
    }

    /** What the query hands to the one around it: its target list, or RETURNING of a data-modifying one. */
    List<Node> results() throws TreeException {
        long command = query.number("commandType");
        return query.items(command == 1 ? "targetList" : "returningList");
    }

    /** The query of a common table expression, in the scope it was written in. */
    Struct commonTable(Struct entry) throws TreeException {
        QueryScope owner = commonTableOwner(entry);
        String name = entry.text("ctename");
        for (Node item : owner.query.items("cteList")) {
            if (item instanceof Struct cte && cte.text("ctename").equals(name)) {
                return cte;
            }
        }
        throw new TreeException("a common table expression is missing");
    }

    QueryScope commonTableOwner(Struct entry) throws TreeException {
        return up(entry.number("ctelevelsup"));
    }

    /**
     * The view a subquery was expanded from, or 0. From 16 on the range table entry says so; up to 15 the expanded query
     * starts with the rule's OLD and NEW, which are the only views a rewritten query may still hold beside a target.
     */
    private static long expandedView(Struct subquery) throws TreeException {
        List<Node> entries = subquery.items("rtable");
        if (entries.size() < 2 || subquery.number("commandType") != 1) {
            return 0;
        }
        long old = unexpanded(entries.get(0));
        return old != 0 && old == unexpanded(entries.get(1)) ? old : 0;
    }

    private static long unexpanded(Node node) throws TreeException {
        return node instanceof Struct entry
                        && entry.number("rtekind") == RELATION
                        && entry.textOr("relkind", "").equals("v")
                ? entry.number("relid")
                : 0;
    }

    /** The scope of a subquery in FROM, which knows from which view it comes. */
    QueryScope insideEntry(Struct entry) throws TreeException {
        Struct subquery = entry.struct("subquery");
        if (subquery == null) {
            throw new TreeException("a subquery is missing");
        }
        long view = entry.has("relid") ? entry.number("relid") : 0;
        boolean fromSystem = view > 0 && view < Column.FIRST_USER_OID;
        QueryScope inner = inside(subquery);
        return fromSystem ? new QueryScope(subquery, this, inner.depth, true) : inner;
    }

    static List<Node> children(Node node) {
        return switch (node) {
            case Struct struct -> List.copyOf(struct.fields().values());
            case Items list -> list.items();
            default -> List.of();
        };
    }
}
