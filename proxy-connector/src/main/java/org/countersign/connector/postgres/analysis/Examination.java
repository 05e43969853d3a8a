package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;

/**
 * Which columns an expression whose result is hidden would still tell about: those that decide whether it fails. And those
 * that it compares or orders by: a question about a value, which has its own rule wherever it stands. Sub-expressions come
 * before what contains them; nothing is recursive.
 */
final class Examination {
    private static final long EXISTS = 0;
    private static final long EXPRESSION = 4;
    private static final int JSON_OBJECT = 1;
    private static final int JSON_ARRAY = 2;

    private final Lineage lineage;
    private final Origins origins;
    private final QueryScope scope;
    private final Map<Node, Part> parts = new IdentityHashMap<>();
    private final Set<Column> examined = new HashSet<>();

    Examination(Lineage lineage, Origins origins, QueryScope scope) {
        this.lineage = lineage;
        this.origins = origins;
        this.scope = scope;
    }

    /**
     * What is known of a sub-expression.
     *
     * @param columns that its value may depend on
     * @param sure whether it cannot fail
     * @param stored whether it is made of fields and constants without anything that could have grown
     * @param field whether it is one stored field, as it is
     */
    record Part(Set<Column> columns, boolean sure, boolean stored, boolean field) {
        static final Part NOTHING = new Part(Set.of(), true, true, false);

        boolean constant() {
            return columns.isEmpty();
        }
    }

    Set<Column> of(Node expression) throws TreeException {
        List<Node> inOrder = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(expression);
        while (!open.isEmpty()) {
            Node node = open.pop();
            inOrder.add(node);
            children(node).forEach(open::push);
        }
        Collections.reverse(inOrder);
        for (Node node : inOrder) {
            parts.put(node, node instanceof Struct struct ? part(struct) : whole(children(node)));
        }
        return examined;
    }

    /** A query inside is looked at by itself. */
    private static List<Node> children(Node node) {
        return node instanceof Struct link && link.is("SUBLINK")
                ? List.of(link.field("testexpr"))
                : QueryScope.children(node).stream()
                        .filter(child -> child instanceof Struct || child instanceof Items)
                        .toList();
    }

    private Part part(Struct node) throws TreeException {
        List<Node> children = children(node);
        return switch (node.name()) {
            case "VAR" -> variable(node);
            case "SUBLINK" -> subquery(node);
            case "RELABELTYPE", "COLLATEEXPR", "RETURNINGEXPR" -> passed(Origins.inner(node));
            case "CONST",
                    "PARAM",
                    "CASETESTEXPR",
                    "SQLVALUEFUNCTION",
                    "GROUPINGFUNC",
                    "FIELDSELECT",
                    "CONVERTROWTYPEEXPR",
                    "TARGETENTRY",
                    "SORTGROUPCLAUSE",
                    "CASEWHEN" -> whole(children);
            case "NULLTEST", "BOOLEANTEST", "BOOLEXPR" -> question(whole(children));
            case "FUNCEXPR", "OPEXPR", "NULLIFEXPR", "DISTINCTEXPR", "SCALARARRAYOPEXPR" -> call(node);
            case "AGGREF", "WINDOWFUNC" -> aggregate(node);
            case "ROWEXPR" -> judged(Unfailing.STORED, node.items("args"));
            case "ARRAYEXPR" ->
                judged(node.truth("multidims") ? Unfailing.NEVER : Unfailing.STORED, node.items("elements"));
            case "CASEEXPR" -> choice(node);
            case "COALESCEEXPR" -> inTurn(node.items("args"));
            case "MINMAXEXPR" ->
                judged(ScalarTypes.is(node.number("minmaxtype")) ? Unfailing.ANY : Unfailing.NEVER, children);
            case "COERCEVIAIO" ->
                judged(ScalarTypes.isText(node.number("resulttype")) ? Unfailing.ANY : Unfailing.NEVER, children);
            case "ARRAYCOERCEEXPR" ->
                judged(
                        node.struct("elemexpr") instanceof Struct each && each.is("RELABELTYPE")
                                ? Unfailing.ANY
                                : Unfailing.NEVER,
                        List.of(node.field("arg")));
            case "SUBSCRIPTINGREF" -> element(node, children);
            case "JSONCONSTRUCTOREXPR" -> document(node, children);
            default -> judged(Unfailing.NEVER, children);
        };
    }

    private Part variable(Struct variable) throws TreeException {
        Origin origin = origins.of(variable, scope);
        boolean row = variable.number("varattno") == Column.WHOLE_ROW;
        Set<Column> columns = lineage.sources(variable, scope);
        boolean stored = !origin.computed() || row && columns.stream().allMatch(this::isStored);
        return new Part(columns, stored, stored, origin.oneField());
    }

    private boolean isStored(Column column) {
        return column.attribute() == Column.WHOLE_ROW;
    }

    private Part passed(Node inner) {
        return parts.getOrDefault(inner, Part.NOTHING);
    }

    private Part subquery(Struct link) throws TreeException {
        long type = link.number("subLinkType");
        if (type == EXISTS) {
            // which rows are there was examined with its condition; but it takes its time, and a choice may skip it
            return new Part(Set.of(), false, true, false);
        }
        Set<Column> columns = lineage.sources(link, scope);
        if (type != EXPRESSION) {
            examined.addAll(columns);
        }
        Origin origin = origins.of(link, scope);
        return new Part(columns, false, !origin.computed(), origin.oneField());
    }

    private Part call(Struct node) throws TreeException {
        boolean set = node.truthOr(node.is("FUNCEXPR") ? "funcretset" : "opretset", false);
        Unfailing need = set ? Unfailing.NEVER : Unfailing.of(function(node));
        if (need == Unfailing.CAST) {
            // the third argument of a call tells it to fail
            boolean cast = node.textOr("funcformat", "").equals("1");
            need = cast ? Unfailing.ANY : Unfailing.NEVER;
        }
        Part result = judged(need, node.items("args"));
        return compares(node) ? question(result) : result;
    }

    private static boolean compares(Struct call) throws TreeException {
        return call.is("NULLIFEXPR")
                || call.is("SCALARARRAYOPEXPR")
                || call.number(call.is("FUNCEXPR") ? "funcresulttype" : "opresulttype") == ScalarTypes.BOOLEAN;
    }

    private Part question(Part asked) {
        examined.addAll(asked.columns());
        return asked;
    }

    /** The trees of views and rules name the operator only. */
    private static long function(Struct node) throws TreeException {
        long function = node.number(node.is("FUNCEXPR") ? "funcid" : "opfuncid");
        return function == 0 && node.has("opno")
                ? BuiltIns.functionOf(node.number("opno")).orElse(0)
                : function;
    }

    private Part aggregate(Struct node) throws TreeException {
        boolean window = node.is("WINDOWFUNC");
        Unfailing need = Unfailing.of(node.number(window ? "winfnoid" : "aggfnoid"));
        if (!window) {
            question(whole(node.items("aggdirectargs")));
        }
        question(passed(node.field("aggfilter")));
        for (Node sorted : node.items("args")) {
            if (sorted instanceof Struct entry && entry.is("TARGETENTRY") && entry.number("ressortgroupref") != 0) {
                question(passed(entry));
            }
        }
        return judged(need, node.items("args"));
    }

    private Part element(Struct node, List<Node> children) throws TreeException {
        boolean reads = node.field("refassgnexpr") instanceof Node.Nothing;
        boolean known = node.number("refelemtype") != 0 || node.number("refcontainertype") == ScalarTypes.JSONB;
        return judged(reads && known ? Unfailing.ANY : Unfailing.NEVER, children);
    }

    /** Which result it is, is decided by columns that are examined. */
    private Part choice(Struct node) throws TreeException {
        question(passed(node.field("arg")));
        for (Node item : node.items("args")) {
            if (item instanceof Struct when) {
                question(passed(when.field("expr")));
            }
        }
        return whole(children(node));
    }

    /** Each step may decide whether those behind it are evaluated. */
    private Part inTurn(List<Node> steps) {
        boolean sure = true;
        for (Node step : steps.reversed()) {
            if (!sure) {
                examined.addAll(passed(step).columns());
            }
            sure &= passed(step).sure();
        }
        return whole(steps);
    }

    private Part whole(List<Node> children) {
        return together(children.stream().map(this::passed).toList());
    }

    private static Part together(List<Part> all) {
        Set<Column> columns = new HashSet<>();
        boolean sure = true;
        boolean stored = true;
        for (Part part : all) {
            columns.addAll(part.columns());
            sure &= part.sure();
            stored &= part.stored();
        }
        return new Part(columns, sure, stored, false);
    }

    private Part judged(Unfailing need, List<Node> arguments) throws TreeException {
        Part all = whole(arguments);
        boolean harmless = switch (need) {
            case ANY -> true;
            case STORED, KEYED -> all.stored();
            case FIELD, WIDENED -> field(arguments);
            case NUMBER -> field(arguments) && numbersModest(arguments);
            case CAST, NEVER -> false;
        };
        if (!harmless) {
            examined.addAll(all.columns());
        } else if (need == Unfailing.KEYED) {
            keys(arguments);
        }
        boolean sure = need == Unfailing.ANY || need == Unfailing.STORED;
        return new Part(
                all.columns(),
                harmless && sure && all.sure(),
                harmless && all.stored(),
                harmless && need == Unfailing.WIDENED && !all.constant());
    }

    /** A key that is NULL fails. */
    private void keys(List<Node> arguments) {
        for (int i = 0; i < arguments.size(); i += 2) {
            question(passed(arguments.get(i)));
        }
    }

    private Part document(Struct constructor, List<Node> children) throws TreeException {
        boolean plain = constructor.field("func") instanceof Node.Nothing
                && constructor.field("coercion") instanceof Node.Nothing
                && !constructor.truth("unique");
        return switch (plain ? (int) constructor.number("type") : 0) {
            case JSON_OBJECT -> judged(Unfailing.KEYED, constructor.items("args"));
            case JSON_ARRAY -> judged(Unfailing.STORED, constructor.items("args"));
            default -> judged(Unfailing.NEVER, children);
        };
    }

    /** Places and lengths, which integers behind the first argument are, may be out of range. */
    private boolean field(List<Node> arguments) throws TreeException {
        int fields = 0;
        for (Node argument : arguments) {
            Node value = argument instanceof Struct entry && entry.is("TARGETENTRY") ? entry.field("expr") : argument;
            Part part = passed(value);
            boolean place = argument != arguments.getFirst()
                    && value instanceof Struct variable
                    && variable.is("VAR")
                    && ScalarTypes.isInteger(variable.number("vartype"));
            if (!part.constant() && (!part.field() || place)) {
                return false;
            }
            fields += part.constant() ? 0 : 1;
        }
        return fields <= 1;
    }

    private boolean numbersModest(List<Node> arguments) throws TreeException {
        for (Node argument : arguments) {
            if (passed(argument).constant() && !NumberConstant.modest(argument)) {
                return false;
            }
        }
        return true;
    }
}
