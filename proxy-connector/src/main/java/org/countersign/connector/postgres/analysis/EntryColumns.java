package org.countersign.connector.postgres.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Where the columns of one range table entry come from. */
final class EntryColumns {
    private final Lineage lineage;
    private final QueryScope scope;
    private final long number;
    private final Struct entry;

    EntryColumns(Lineage lineage, QueryScope scope, long number) throws TreeException {
        this.lineage = lineage;
        this.scope = scope;
        this.number = number;
        this.entry = scope.rangeTableEntry(number);
    }

    Set<Column> sources(int attribute) throws TreeException {
        int kind = (int) entry.number("rtekind");
        return switch (kind) {
            case QueryScope.RELATION -> relation(attribute);
            case QueryScope.SUBQUERY -> results(lineage.scopeOfEntry(entry, scope), attribute);
            case QueryScope.JOIN -> nth("joinaliasvars", attribute);
            case QueryScope.GROUP -> nth("groupexprs", attribute);
            case QueryScope.FUNCTION -> lineage.sources(entry.field("functions"), scope);
            case QueryScope.TABLE_FUNCTION -> lineage.sources(entry.field("tablefunc"), scope);
            case QueryScope.VALUES -> values(attribute);
            case QueryScope.CTE -> commonTable(attribute);
            case QueryScope.RESULT -> Set.of();
            default -> throw new TreeException("Transition tables cannot be inspected.");
        };
    }

    private Set<Column> relation(int attribute) throws TreeException {
        Struct conflict = scope.query().struct("onConflict");
        if (conflict == null || conflict.number("exclRelIndex") != number) {
            return Set.of(new Column(entry.number("relid"), attribute));
        }
        // EXCLUDED: what the INSERT was about to write
        Set<Column> sources = new HashSet<>();
        for (Node item : scope.query().items("targetList")) {
            if (item instanceof Struct target && (attribute == 0 || target.number("resno") == attribute)) {
                sources.addAll(lineage.sources(target.field("expr"), scope));
            }
        }
        return sources;
    }

    private Set<Column> results(QueryScope inner, int attribute) throws TreeException {
        return attribute == Column.WHOLE_ROW ? lineage.results(inner) : lineage.result(inner, attribute);
    }

    private Set<Column> nth(String field, int attribute) throws TreeException {
        return attribute == Column.WHOLE_ROW
                ? lineage.sources(entry.field(field), scope)
                : lineage.sources(item(entry.items(field), attribute), scope);
    }

    private Set<Column> values(int attribute) throws TreeException {
        if (attribute == Column.WHOLE_ROW) {
            return lineage.sources(entry.field("values_lists"), scope);
        }
        Set<Column> sources = new HashSet<>();
        for (Node row : entry.items("values_lists")) {
            if (!(row instanceof Items columns)) {
                throw new TreeException("VALUES holds something that is no row");
            }
            sources.addAll(lineage.sources(item(columns.items(), attribute), scope));
        }
        return sources;
    }

    private Set<Column> commonTable(int attribute) throws TreeException {
        Struct table = scope.commonTable(entry);
        Struct query = table.struct("ctequery");
        if (query == null) {
            throw new TreeException("a common table expression is missing");
        }
        QueryScope inner = lineage.scopeOf(query, scope.commonTableOwner(entry));
        if (addsColumns(table)) {
            return new Reach(lineage, query).columns(inner);
        }
        return table.truth("cterecursive") ? lineage.recursive(inner, attribute) : results(inner, attribute);
    }

    /** Whether SEARCH and CYCLE add columns to what the query returns. */
    static boolean addsColumns(Struct table) {
        return !table.field("search_clause").equals(NodeReader.NOTHING)
                || !table.field("cycle_clause").equals(NodeReader.NOTHING);
    }

    private static Node item(List<Node> items, int number) throws TreeException {
        if (number > items.size()) {
            throw new TreeException("a variable points to no column");
        }
        return items.get(number - 1);
    }
}
