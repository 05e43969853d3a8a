package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.countersign.model.command.OutputField;

/**
 * What the rewritten queries do with values: views are expanded, rules applied, defaults and security filters added.
 * Visits every query once, whatever clause it stands in.
 */
final class Flows {
    final Callees callees = new Callees();
    final List<Result> outputs = new ArrayList<>();
    final Set<Column> examined = new HashSet<>();
    final Set<Column> moved = new HashSet<>();
    final Set<Column> written = new HashSet<>();
    /** The relations that are written, with how. */
    final Map<Long, Set<CommandType>> targets = new HashMap<>();

    /** The user's relations that are read or written anywhere. */
    final Set<Long> relations = new HashSet<>();

    private final Lineage lineage = new Lineage();
    private final Origins origins = new Origins(lineage);
    private final int serverVersionNum;
    private final Deque<QueryScope> queries = new ArrayDeque<>();

    /**
     * A result column.
     *
     * @param sources the columns that its values may carry
     * @param content how
     */
    record Result(Set<Column> sources, OutputField.Content content) {
        /** Holds no value of a table. */
        static final Result NOTHING = new Result(Set.of(), OutputField.Content.FIELD);

        static Result of(Origin origin, Set<Column> sources) {
            if (origin.computed()) {
                return new Result(sources, OutputField.Content.COMPUTED);
            }
            return origin.oneField()
                    ? new Result(origin.fields(), OutputField.Content.FIELD)
                    : new Result(sources, OutputField.Content.SEVERAL);
        }
    }

    Flows(int serverVersionNum) {
        this.serverVersionNum = serverVersionNum;
    }

    void add(List<Struct> rewritten) throws TreeException {
        for (Struct query : rewritten) {
            QueryScope scope = QueryScope.outermost(query);
            visit(scope);
            if (query.truth("canSetTag")) {
                addOutputs(scope);
            }
        }
    }

    /** Each column of a view's own query. */
    List<Result> resultsOf(Struct query) throws TreeException {
        addOutputs(QueryScope.outermost(query));
        return outputs;
    }

    private void addOutputs(QueryScope scope) throws TreeException {
        for (Node item : scope.results()) {
            if (item instanceof Struct entry && !entry.truth("resjunk")) {
                long number = entry.number("resno");
                outputs.add(Result.of(origins.ofResult(scope, number), lineage.result(scope, number)));
            }
        }
    }

    private void visit(QueryScope outermost) throws TreeException {
        queries.push(outermost);
        while (!queries.isEmpty()) {
            QueryScope scope = queries.pop();
            Struct query = scope.query();
            CommandType command = CommandType.of(query, serverVersionNum);
            if (command == CommandType.OTHER) {
                throw new TreeException(
                        "This form of the statement cannot be inspected; SELECT INTO is CREATE TABLE AS.");
            }
            for (var field : query.fields().entrySet()) {
                clause(field.getKey(), field.getValue(), scope);
            }
            if (command.writes()) {
                writes(scope, command);
            }
            distinctUnion(scope);
        }
    }

    private void clause(String field, Node value, QueryScope scope) throws TreeException {
        switch (field) {
            case "targetList", "returningList" -> targetList(value, scope);
            case "rtable" -> rangeTable(value, scope);
            case "cteList" -> walk(value, scope, false);
            case "withCheckOptions" -> walk(value, scope, false);
            case "onConflict" -> conflict(value, scope);
            case "mergeActionList" -> mergeActions(value, scope);
            default -> walk(value, scope, true);
        }
    }

    /** What goes into a result is not examined, unless a clause groups or orders by it, or it may fail. */
    private void targetList(Node list, QueryScope scope) throws TreeException {
        for (Node item : list instanceof Items items ? items.items() : List.<Node>of()) {
            if (item instanceof Struct entry) {
                result(entry.field("expr"), scope, entry.number("ressortgroupref") != 0);
            }
        }
    }

    private void result(Node expression, QueryScope scope, boolean examines) throws TreeException {
        walk(expression, scope, examines);
        if (!examines && !passedOn(expression)) {
            examined.addAll(new Examination(lineage, origins, scope).of(expression));
        }
    }

    private void conflict(Node clause, QueryScope scope) throws TreeException {
        if (clause instanceof Struct conflict) {
            walk(conflict.field("arbiterElems"), scope, true);
            walk(conflict.field("arbiterWhere"), scope, true);
            walk(conflict.field("onConflictWhere"), scope, true);
            targetList(conflict.field("onConflictSet"), scope);
        }
    }

    private void mergeActions(Node actions, QueryScope scope) throws TreeException {
        for (Node item : actions instanceof Items items ? items.items() : List.<Node>of()) {
            if (item instanceof Struct action) {
                walk(action.field("qual"), scope, true);
                targetList(action.field("targetList"), scope);
            }
        }
    }

    private void rangeTable(Node list, QueryScope scope) throws TreeException {
        for (Node item : list instanceof Items items ? items.items() : List.<Node>of()) {
            if (!(item instanceof Struct entry)) {
                throw new TreeException("a range table holds something else");
            }
            switch ((int) entry.number("rtekind")) {
                case QueryScope.RELATION -> {
                    walk(entry.field("tablesample"), scope, true);
                    // row-level security: chosen by the table's owner, so only its functions matter
                    walk(entry.field("securityQuals"), scope, false);
                    traceable(entry);
                    if (entry.number("relid") >= Column.FIRST_USER_OID) {
                        relations.add(entry.number("relid"));
                    }
                }
                case QueryScope.SUBQUERY -> {
                    queries.push(lineage.scopeOfEntry(entry, scope));
                    walk(entry.field("securityQuals"), scope, false);
                }
                // the columns of a join are named again where they are used; its condition is in the join tree
                case QueryScope.JOIN, QueryScope.GROUP -> walk(entry, scope, false);
                case QueryScope.FUNCTION, QueryScope.TABLE_FUNCTION -> walk(entry, scope, true);
                case QueryScope.VALUES -> valuesLists(entry, scope);
                default -> {}
            }
        }
    }

    private static void traceable(Struct entry) throws TreeException {
        if (entry.textOr("relkind", "").equals("t") || BuiltIns.holdsValues(entry.number("relid"))) {
            throw new TreeException(
                    "TOAST tables, statistics and large objects hold values that cannot be traced to their columns.");
        }
    }

    private void valuesLists(Struct entry, QueryScope scope) throws TreeException {
        for (Node row : entry.items("values_lists")) {
            for (Node value : row instanceof Items items ? items.items() : List.<Node>of()) {
                result(value, scope, false);
            }
        }
    }

    private static boolean passedOn(Node expression) {
        Node inner = expression;
        while (inner instanceof Struct struct && Origins.transparent(struct)) {
            inner = Origins.inner(struct);
        }
        return inner instanceof Struct variable
                && variable.is("VAR")
                && !variable.textOr("varattno", "0").equals("0");
    }

    /** Visits an expression: what it calls, which columns it examines, which queries it contains. */
    private void walk(Node expression, QueryScope scope, boolean examines) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(expression);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct struct) {
                if (struct.is("QUERY")) {
                    queries.push(lineage.scopeOf(struct, scope));
                    continue;
                }
                if (struct.is("CURRENTOFEXPR")) {
                    throw new TreeException(Lineage.CURRENT_OF);
                }
                if (struct.is("VAR") && examines) {
                    examined.addAll(lineage.sources(struct, scope));
                }
                // a value that a query inside an expression returns is examined by the expression
                if (struct.is("SUBLINK") && examines) {
                    examined.addAll(lineage.sources(struct, scope));
                }
                if (!scope.system()) {
                    callees.add(struct);
                }
            }
            QueryScope.children(node).forEach(open::push);
        }
    }

    /** UNION, INTERSECT and EXCEPT compare whole rows unless ALL rows are kept. */
    private void distinctUnion(QueryScope scope) throws TreeException {
        Struct operation = scope.query().struct("setOperations");
        if (operation == null || !SetOperations.compare(operation)) {
            return;
        }
        for (long branch : Lineage.branches(operation)) {
            examined.addAll(lineage.resolve(scope, branch, Column.WHOLE_ROW));
        }
    }

    private void writes(QueryScope scope, CommandType command) throws TreeException {
        Struct query = scope.query();
        Struct target = scope.rangeTableEntry(query.number("resultRelation"));
        long relation = target.number("relid");
        Set<CommandType> kinds = targets.computeIfAbsent(relation, oid -> new HashSet<>());
        kinds.add(command);
        Permissions permissions = Permissions.of(query, target);
        permissions.inserted().forEach(attribute -> written.add(new Column(relation, attribute)));
        permissions.updated().forEach(attribute -> written.add(new Column(relation, attribute)));
        if (command == CommandType.INSERT || command == CommandType.UPDATE) {
            move(query.field("targetList"), scope);
        }
        Struct conflict = query.struct("onConflict");
        if (conflict != null) {
            kinds.add(CommandType.UPDATE);
            move(conflict.field("onConflictSet"), scope);
        }
        for (Node item : query.items("mergeActionList")) {
            if (item instanceof Struct action) {
                kinds.add(CommandType.of(action, serverVersionNum));
                move(action.field("targetList"), scope);
            }
        }
    }

    private void move(Node targetList, QueryScope scope) throws TreeException {
        for (Node item : targetList instanceof Items items ? items.items() : List.<Node>of()) {
            if (item instanceof Struct entry) {
                moved.addAll(lineage.sources(entry.field("expr"), scope));
            }
        }
    }
}
