package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Follows values that are passed on unchanged; whatever is not known to do that computes. */
final class Origins {
    private static final long EXPRESSION_SUBLINK = 4;

    private record Step(Node node, QueryScope scope) {}

    private final Lineage lineage;

    Origins(Lineage lineage) {
        this.lineage = lineage;
    }

    Origin of(Node expression, QueryScope scope) throws TreeException {
        return new Search().from(new Step(expression, scope));
    }

    /** The origin of a query's n-th result. */
    Origin ofResult(QueryScope scope, long number) throws TreeException {
        Search search = new Search();
        search.result(scope, number);
        return search.finish();
    }

    /** Nodes that show their argument as it is. */
    static boolean transparent(Struct node) {
        return node.is("RELABELTYPE") || node.is("COLLATEEXPR") || node.is("RETURNINGEXPR");
    }

    static Node inner(Struct transparent) {
        return transparent.field(transparent.is("RETURNINGEXPR") ? "retexpr" : "arg");
    }

    private final class Search {
        private final Deque<Step> open = new ArrayDeque<>();
        private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Column> fields = new HashSet<>();
        private boolean constants;
        private boolean computed;

        Origin from(Step start) throws TreeException {
            open.push(start);
            return finish();
        }

        Origin finish() throws TreeException {
            while (!open.isEmpty() && !computed) {
                Step step = open.pop();
                // a recursive query comes to itself again
                if (seen.add(step.node())) {
                    follow(step);
                }
            }
            return new Origin(fields, constants, computed);
        }

        private void follow(Step step) throws TreeException {
            if (!(step.node() instanceof Struct struct)) {
                computed = true;
                return;
            }
            if (transparent(struct)) {
                open.push(new Step(inner(struct), step.scope()));
                return;
            }
            switch (struct.name()) {
                case "VAR" -> variable(struct, step.scope(), struct.number("varattno"));
                case "CONST", "PARAM" -> constants = true;
                case "CASEEXPR", "COALESCEEXPR" -> choice(struct, step.scope());
                case "FIELDSELECT" -> field(struct, step.scope());
                case "SUBLINK" -> {
                    if (struct.number("subLinkType") == EXPRESSION_SUBLINK) {
                        result(lineage.scopeOf(Lineage.subselect(struct), step.scope()), 1);
                    } else {
                        computed = true;
                    }
                }
                default -> computed = true;
            }
        }

        /** Returns one of its values as it is; what decides which one is examined. */
        private void choice(Struct choice, QueryScope scope) throws TreeException {
            constants = true;
            for (Node item : choice.items("args")) {
                boolean when = item instanceof Struct struct && struct.is("CASEWHEN");
                open.push(new Step(when ? ((Struct) item).field("result") : item, scope));
            }
            if (choice.is("CASEEXPR")) {
                open.push(new Step(choice.field("defresult"), scope));
            }
        }

        /** A field of a whole row is the column. */
        private void field(Struct select, QueryScope scope) throws TreeException {
            Step row = new Step(select.field("arg"), scope);
            for (int steps = 0; row.node() instanceof Struct variable && variable.is("VAR"); steps++) {
                if (variable.number("varattno") == Column.WHOLE_ROW) {
                    variable(variable, row.scope(), select.number("fieldnum"));
                    return;
                }
                QueryScope owner = row.scope().up(variable.number("varlevelsup"));
                Struct entry = owner.rangeTableEntry(variable.number("varno"));
                if (steps > QueryScope.MAX_DEPTH || entry.number("rtekind") != QueryScope.SUBQUERY) {
                    break;
                }
                QueryScope inner = lineage.scopeOfEntry(entry, owner);
                if (inner.query().struct("setOperations") != null) {
                    break;
                }
                row = new Step(Lineage.resultExpression(inner, variable.number("varattno")), inner);
            }
            computed = true;
        }

        private void variable(Struct variable, QueryScope scope, long attribute) throws TreeException {
            entry(scope.up(variable.number("varlevelsup")), variable.number("varno"), attribute);
        }

        private void entry(QueryScope owner, long number, long attribute) throws TreeException {
            if (attribute < 0) {
                constants = true;
                return;
            }
            Struct entry = owner.rangeTableEntry(number);
            int kind = (int) entry.number("rtekind");
            if (attribute == Column.WHOLE_ROW) {
                computed = true;
                return;
            }
            switch (kind) {
                case QueryScope.RELATION -> relation(owner, number, entry, attribute);
                case QueryScope.SUBQUERY -> result(lineage.scopeOfEntry(entry, owner), attribute);
                case QueryScope.JOIN -> item(entry.items("joinaliasvars"), attribute, owner);
                case QueryScope.GROUP -> item(entry.items("groupexprs"), attribute, owner);
                case QueryScope.VALUES -> {
                    for (Node row : entry.items("values_lists")) {
                        item(row instanceof Items list ? list.items() : List.of(), attribute, owner);
                    }
                }
                case QueryScope.CTE -> commonTable(owner, entry, attribute);
                default -> computed = true;
            }
        }

        private void relation(QueryScope owner, long number, Struct entry, long attribute) throws TreeException {
            Struct conflict = owner.query().struct("onConflict");
            if (conflict != null && conflict.number("exclRelIndex") == number) {
                computed = true;
            } else {
                fields.add(new Column(entry.number("relid"), (int) attribute));
            }
        }

        private void commonTable(QueryScope owner, Struct entry, long attribute) throws TreeException {
            Struct table = owner.commonTable(entry);
            Struct query = table.struct("ctequery");
            if (query == null || EntryColumns.addsColumns(table)) {
                computed = true;
            } else {
                result(lineage.scopeOf(query, owner.commonTableOwner(entry)), attribute);
            }
        }

        void result(QueryScope scope, long number) throws TreeException {
            Struct operation = scope.query().struct("setOperations");
            if (operation == null) {
                open.push(new Step(Lineage.resultExpression(scope, number), scope));
                return;
            }
            for (long branch : Lineage.branches(operation)) {
                entry(scope, branch, number);
            }
        }

        private void item(List<Node> items, long number, QueryScope scope) {
            if (number > items.size()) {
                computed = true;
            } else {
                open.push(new Step(items.get((int) number - 1), scope));
            }
        }
    }
}
