package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Follows values back to the base columns they come from. Conservative: what an expression contains flows through it. */
final class Lineage {
    static final String CURRENT_OF = "WHERE CURRENT OF is not supported; name the row by its key.";
    private static final int MAX_STEPS = 250;

    private static final long EXISTS = 0;

    private final Map<Struct, QueryScope> scopes = new IdentityHashMap<>();
    private final Map<Struct, Map<Long, Map<Long, Set<Column>>>> known = new IdentityHashMap<>();
    private final RecursiveColumns recursions = new RecursiveColumns(this);
    private int steps;

    /** The scope of a query that an expression contains. */
    QueryScope scopeOf(Struct query, QueryScope parent) throws TreeException {
        QueryScope scope = scopes.get(query);
        if (scope == null) {
            scope = parent.inside(query);
            scopes.put(query, scope);
        }
        return scope;
    }

    QueryScope scopeOfEntry(Struct entry, QueryScope parent) throws TreeException {
        Struct subquery = entry.struct("subquery");
        QueryScope scope = subquery == null ? null : scopes.get(subquery);
        if (scope == null) {
            scope = parent.insideEntry(entry);
            scopes.put(scope.query(), scope);
        }
        return scope;
    }

    /** Every base column whose value may be part of this expression's. */
    Set<Column> sources(Node expression, QueryScope scope) throws TreeException {
        Set<Column> sources = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(expression);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (!(node instanceof Struct struct)) {
                QueryScope.children(node).forEach(open::push);
                continue;
            }
            switch (struct.name()) {
                case "VAR" -> sources.addAll(variable(struct, scope));
                case "SUBLINK" -> {
                    open.push(struct.field("testexpr"));
                    if (struct.number("subLinkType") != EXISTS) {
                        sources.addAll(results(scopeOf(subselect(struct), scope)));
                    }
                }
                case "QUERY" -> sources.addAll(results(scopeOf(struct, scope)));
                case "CURRENTOFEXPR" -> throw new TreeException(CURRENT_OF);
                default -> QueryScope.children(struct).forEach(open::push);
            }
        }
        return sources;
    }

    static Struct subselect(Struct link) throws TreeException {
        Struct query = link.struct("subselect");
        if (query == null || !query.is("QUERY")) {
            throw new TreeException("a subquery is missing");
        }
        return query;
    }

    /** The sources of all results of a query together. */
    Set<Column> results(QueryScope scope) throws TreeException {
        Set<Column> sources = new HashSet<>();
        for (Node item : scope.results()) {
            if (item instanceof Struct entry) {
                sources.addAll(result(scope, entry.number("resno")));
            }
        }
        return sources;
    }

    /** The sources of a query's n-th result; of a set operation those of every branch. */
    Set<Column> result(QueryScope scope, long number) throws TreeException {
        Struct operation = scope.query().struct("setOperations");
        if (operation == null) {
            return sources(resultExpression(scope, number), scope);
        }
        Set<Column> sources = new HashSet<>();
        for (long branch : branches(operation)) {
            sources.addAll(resolve(scope, branch, number));
        }
        return sources;
    }

    /** The expression of a query's n-th result, when it is no set operation. */
    static Node resultExpression(QueryScope scope, long number) throws TreeException {
        for (Node item : scope.results()) {
            if (item instanceof Struct entry && entry.number("resno") == number) {
                return entry.field("expr");
            }
        }
        throw new TreeException("a variable points to no column");
    }

    /** The range table entries a tree of set operations combines. */
    static Set<Long> branches(Struct operation) throws TreeException {
        Set<Long> branches = new HashSet<>();
        Deque<Struct> open = new ArrayDeque<>();
        open.push(operation);
        while (!open.isEmpty()) {
            Struct part = open.pop();
            if (part.is("RANGETBLREF")) {
                branches.add(part.number("rtindex"));
                continue;
            }
            for (String side : List.of("larg", "rarg")) {
                Struct child = part.struct(side);
                if (child == null) {
                    throw new TreeException("a set operation lacks a side");
                }
                open.push(child);
            }
        }
        return branches;
    }

    private Set<Column> variable(Struct variable, QueryScope scope) throws TreeException {
        QueryScope owner = scope.up(variable.number("varlevelsup"));
        return resolve(owner, variable.number("varno"), variable.number("varattno"));
    }

    /** @param attribute {@link Column#WHOLE_ROW} for all columns of the entry */
    Set<Column> resolve(QueryScope scope, long entry, long attribute) throws TreeException {
        if (attribute < 0) {
            return Set.of();
        }
        var ofEntry = known.computeIfAbsent(scope.query(), query -> new HashMap<>())
                .computeIfAbsent(entry, number -> new HashMap<>());
        Set<Column> sources = ofEntry.get(attribute);
        if (sources == null) {
            if (++steps > MAX_STEPS) {
                throw new QueryScope.NestedTooDeeplyException();
            }
            sources = new EntryColumns(this, scope, entry).sources((int) attribute);
            steps--;
            ofEntry.put(attribute, sources);
        }
        return recursions.replaced(sources);
    }

    /** The sources of a column of a query that refers to itself. */
    Set<Column> recursive(QueryScope query, int attribute) throws TreeException {
        return recursions.sources(query, attribute);
    }
}
