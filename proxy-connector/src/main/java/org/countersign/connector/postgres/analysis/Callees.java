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

    final Set<Long> functions = new HashSet<>();
    final Set<Long> operators = new HashSet<>();
    final Set<Long> types = new HashSet<>();

    /** Adds what this node itself calls, not what is below it. */
    void add(Struct node) throws TreeException {
        collect(node, FUNCTIONS, functions, 1);
        collect(node, OPERATORS, operators, 1);
        collect(node, CONVERTED_TYPES, types, Column.FIRST_USER_OID);
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
            if (node.field(field) instanceof Node.Numbers list) {
                list.values().stream().filter(oid -> oid >= atLeast).forEach(found::add);
            } else if (node.has(field)
                    && !(node.field(field) instanceof Node.Nothing)
                    && node.number(field) >= atLeast) {
                found.add(node.number(field));
            }
        }
    }
}
