package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.CatalogFacts.Attribute;
import org.countersign.connector.postgres.analysis.CatalogQuestion.Kind;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.countersign.model.command.FieldName;
import org.countersign.model.command.OutputField;

/**
 * Closes columns over what stores the same values elsewhere: materialized views, generated columns, and columns of the
 * same name in ancestors and descendants. System catalogs hold no classified values and drop out.
 */
final class Closure {
    private record Step(Column column, boolean inherits) {}

    private final CatalogFacts facts;
    private final int serverVersionNum;
    private final Map<Long, List<Flows.Result>> definitions = new HashMap<>();
    private final Map<Column, Set<FieldName>> closed = new HashMap<>();
    private final Set<Column> computed = new HashSet<>();

    Closure(CatalogFacts facts, int serverVersionNum) {
        this.facts = facts;
        this.serverVersionNum = serverVersionNum;
    }

    /** Incomplete as long as the facts have open questions. */
    Set<FieldName> names(Set<Column> columns) throws TreeException {
        Set<FieldName> names = new HashSet<>();
        for (Column column : columns) {
            if (column.relation() <= 0) {
                throw new TreeException("a recursive query cannot be followed");
            }
            if (!column.system()) {
                Set<FieldName> fields = closed.get(column);
                if (fields == null) {
                    fields = close(column);
                    closed.put(column, fields);
                }
                names.addAll(fields);
            }
        }
        return names;
    }

    /** How a result carries its sources; known when their names are. What a stored column was computed from shows in it. */
    OutputField.Content content(Flows.Result result) {
        return result.content() == OutputField.Content.FIELD
                        && result.sources().stream().anyMatch(computed::contains)
                ? OutputField.Content.SEVERAL
                : result.content();
    }

    /** Forgets what was found while answers were missing. */
    void refresh() {
        closed.clear();
        computed.clear();
    }

    private Set<FieldName> close(Column start) throws TreeException {
        Map<Column, FieldName> found = new LinkedHashMap<>();
        Set<Step> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(start, true));
        while (!open.isEmpty()) {
            Step step = open.pop();
            long relation = step.column().relation();
            if (step.column().system() || !seen.add(step) || !known(relation)) {
                continue;
            }
            if (step.column().attribute() == Column.WHOLE_ROW) {
                for (int attribute : facts.attributes(relation).keySet()) {
                    if (attribute > 0) {
                        open.push(new Step(new Column(relation, attribute), step.inherits()));
                    }
                }
                continue;
            }
            found.put(step.column(), name(step.column()));
            if (expand(step, open)) {
                computed.add(start);
            }
        }
        return Set.copyOf(found.values());
    }

    private boolean known(long relation) {
        boolean named = facts.known(Kind.RELATIONS, relation);
        boolean described = facts.known(Kind.ATTRIBUTES, relation);
        return facts.known(Kind.INHERITANCE, relation) && named && described;
    }

    /** Returns whether the column is made of others by a computation. */
    private boolean expand(Step step, Deque<Step> open) throws TreeException {
        long relation = step.column().relation();
        Attribute attribute = attribute(step.column());
        boolean computes = attribute.generation() != null;
        if (attribute.generation() != null) {
            for (Column source : generation(relation, attribute.generation())) {
                open.push(new Step(source, true));
            }
        }
        char kind = facts.relation(relation).kind();
        if ((kind == 'm' || kind == 'v') && facts.known(Kind.DEFINITIONS, relation)) {
            Flows.Result result = definition(relation, step.column().attribute());
            computes |= result.content() != OutputField.Content.FIELD;
            for (Column source : result.sources()) {
                open.push(new Step(source, true));
            }
        }
        if (step.inherits()) {
            for (long relative : facts.relatives(relation)) {
                sameName(relative, attribute.name(), open);
            }
        }
        return computes;
    }

    private void sameName(long relative, String name, Deque<Step> open) {
        if (known(relative)) {
            facts.attributes(relative).forEach((number, attribute) -> {
                if (attribute.name().equals(name)) {
                    open.push(new Step(new Column(relative, number), false));
                }
            });
        }
    }

    private Attribute attribute(Column column) throws TreeException {
        Attribute attribute = facts.attributes(column.relation()).get(column.attribute());
        if (attribute == null) {
            throw new TreeException("The statement uses a column that the target's catalog does not have.");
        }
        return attribute;
    }

    private FieldName name(Column column) throws TreeException {
        return new FieldName(
                facts.relation(column.relation()).name(), attribute(column).name());
    }

    private static Set<Column> generation(long relation, String tree) throws TreeException {
        Node expression = NodeReader.read(tree);
        TreeShape.check(expression);
        Set<Column> sources = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(expression);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct variable && variable.is("VAR")) {
                sources.add(new Column(relation, (int) variable.number("varattno")));
            }
            QueryScope.children(node).forEach(open::push);
        }
        return sources;
    }

    private Flows.Result definition(long relation, int attribute) throws TreeException {
        List<Flows.Result> results = definitions.get(relation);
        if (results == null) {
            Node rule = NodeReader.read(facts.definition(relation));
            TreeShape.check(rule);
            if (!(rule instanceof Items list
                    && list.items().size() == 1
                    && list.items().get(0) instanceof Struct query)) {
                throw new TreeException("The definition of a view cannot be read.");
            }
            results = new Flows(serverVersionNum).resultsOf(query);
            definitions.put(relation, results);
        }
        if (attribute < 1 || attribute > results.size()) {
            throw new TreeException("The definition of a view lacks a column.");
        }
        return results.get(attribute - 1);
    }
}
