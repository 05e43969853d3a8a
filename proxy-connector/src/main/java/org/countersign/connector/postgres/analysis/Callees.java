package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** What nodes call: functions, operators, and the checks of domain types that conversions run. */
final class Callees {
    private static final Map<String, List<String>> FUNCTIONS = Map.ofEntries(
            Map.entry("FUNCEXPR", List.of("funcid")),
            Map.entry("OPEXPR", List.of("opfuncid")),
            Map.entry("DISTINCTEXPR", List.of("opfuncid")),
            Map.entry("NULLIFEXPR", List.of("opfuncid")),
            Map.entry("SCALARARRAYOPEXPR", List.of("opfuncid", "hashfuncid", "negfuncid")),
            Map.entry("AGGREF", List.of("aggfnoid")),
            Map.entry("WINDOWFUNC", List.of("winfnoid")),
            Map.entry("WINDOWCLAUSE", List.of("startInRangeFunc", "endInRangeFunc")),
            Map.entry("TABLESAMPLECLAUSE", List.of("tsmhandler")));
    private static final Map<String, List<String>> OPERATORS = Map.of(
            "OPEXPR", List.of("opno"),
            "DISTINCTEXPR", List.of("opno"),
            "NULLIFEXPR", List.of("opno"),
            "SCALARARRAYOPEXPR", List.of("opno"),
            "ROWCOMPAREEXPR", List.of("opnos"),
            "SORTGROUPCLAUSE", List.of("eqop", "sortop"),
            "CTECYCLECLAUSE", List.of("cycle_mark_neop"));
    private static final Map<String, List<String>> CONVERTED_TYPES = Map.of(
            "COERCETODOMAIN", List.of("resulttype"),
            "COERCEVIAIO", List.of("resulttype"),
            "CONST", List.of("consttype"),
            "PARAM", List.of("paramtype"),
            "FUNCEXPR", List.of("funcresulttype"),
            "RANGETBLFUNCTION", List.of("funccoltypes"),
            "TABLEFUNC", List.of("coltypes"),
            "JSONRETURNING", List.of("typid"),
            "FIELDSTORE", List.of("resulttype"),
            "SUBSCRIPTINGREF", List.of("refcontainertype"));

    private static final Set<String> TYPES = Set.of(
            "vartype",
            "consttype",
            "paramtype",
            "aggtype",
            "wintype",
            "resulttype",
            "funcresulttype",
            "opresulttype",
            "refrestype",
            "refcontainertype",
            "array_typeid",
            "row_typeid",
            "casetype",
            "typeId",
            "coalescetype",
            "minmaxtype",
            "typid",
            "coltypes",
            "colTypes",
            "ctecoltypes",
            "funccoltypes");

    final Set<Long> functions = new HashSet<>();
    final Set<Long> operators = new HashSet<>();
    /** Types of the user's to which something is converted. */
    final Set<Long> types = new HashSet<>();
    /** Types of the user's that occur at all. */
    final Set<Long> present = new HashSet<>();
    /** Whether something compares values with functions that no node names. */
    boolean compares;
    /** Whether something becomes json without a function that a node names. */
    boolean makesJson;

    /** Adds what this node itself calls, not what is below it. */
    void add(Struct node) throws TreeException {
        collect(node, FUNCTIONS, functions, 1);
        collect(node, OPERATORS, operators, 1);
        collect(node, CONVERTED_TYPES, types, Column.FIRST_USER_OID);
        for (String field : node.fields().keySet()) {
            if (TYPES.contains(field)) {
                collect(node, field, present, Column.FIRST_USER_OID);
            }
        }
        compares |= node.is("MINMAXEXPR") || node.is("ROWCOMPAREEXPR");
        makesJson |= node.is("JSONCONSTRUCTOREXPR") || node.is("JSONEXPR");
    }

    /** Adds what a whole expression calls, such as a constraint. */
    void addAll(Node expression) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(expression);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct struct) {
                add(struct);
            }
            QueryScope.children(node).forEach(open::push);
        }
    }

    private static void collect(Struct node, Map<String, List<String>> fields, Set<Long> found, long atLeast)
            throws TreeException {
        for (String field : fields.getOrDefault(node.name(), List.of())) {
            collect(node, field, found, atLeast);
        }
    }

    private static void collect(Struct node, String field, Set<Long> found, long atLeast) throws TreeException {
        if (node.field(field) instanceof Node.Numbers list) {
            list.values().stream().filter(oid -> oid >= atLeast).forEach(found::add);
        } else if (node.has(field) && !(node.field(field) instanceof Node.Nothing) && node.number(field) >= atLeast) {
            found.add(node.number(field));
        }
    }
}
