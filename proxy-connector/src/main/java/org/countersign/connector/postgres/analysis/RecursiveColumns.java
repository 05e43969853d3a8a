package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Struct;

/**
 * The sources of each column of queries that refer to themselves. While such a query is looked at, a reference to itself
 * has a stand-in for a source, which is replaced when all of its columns are known.
 */
final class RecursiveColumns {
    private final Lineage lineage;
    private final Map<Struct, Long> standIns = new IdentityHashMap<>();
    private final Map<Long, Map<Integer, Set<Column>>> solved = new HashMap<>();

    RecursiveColumns(Lineage lineage) {
        this.lineage = lineage;
    }

    /** @param attribute {@link Column#WHOLE_ROW} for all columns */
    Set<Column> sources(QueryScope query, int attribute) throws TreeException {
        Long standIn = standIns.get(query.query());
        if (standIn == null) {
            standIn = -1L - standIns.size();
            standIns.put(query.query(), standIn);
            Map<Integer, Set<Column>> direct = new HashMap<>();
            for (Node item : query.results()) {
                if (item instanceof Struct entry) {
                    int number = (int) entry.number("resno");
                    direct.put(number, lineage.result(query, number));
                }
            }
            solved.put(standIn, closed(direct, standIn));
        }
        return replaced(Set.of(new Column(standIn, attribute)));
    }

    /** The columns with those in place of stand-ins that are known by now. */
    Set<Column> replaced(Set<Column> columns) throws TreeException {
        if (columns.stream().noneMatch(this::known)) {
            return columns;
        }
        Set<Column> real = new HashSet<>();
        Set<Column> seen = new HashSet<>();
        Deque<Column> open = new ArrayDeque<>(columns);
        while (!open.isEmpty()) {
            Column column = open.pop();
            if (!seen.add(column)) {
                continue;
            }
            Map<Integer, Set<Column>> results = solved.get(column.relation());
            if (results == null) {
                real.add(column);
            } else {
                open.addAll(of(results, column.attribute()));
            }
        }
        return real;
    }

    private boolean known(Column column) {
        return solved.containsKey(column.relation());
    }

    /** What each column gets in however many rounds. */
    private static Map<Integer, Set<Column>> closed(Map<Integer, Set<Column>> direct, long standIn)
            throws TreeException {
        Map<Integer, Set<Column>> closed = new HashMap<>();
        for (int number : direct.keySet()) {
            Set<Column> sources = new HashSet<>();
            Set<Column> seen = new HashSet<>();
            Deque<Column> open = new ArrayDeque<>(of(direct, number));
            while (!open.isEmpty()) {
                Column column = open.pop();
                if (!seen.add(column)) {
                    continue;
                }
                if (column.relation() == standIn) {
                    open.addAll(of(direct, column.attribute()));
                } else {
                    sources.add(column);
                }
            }
            closed.put(number, sources);
        }
        return closed;
    }

    private static Set<Column> of(Map<Integer, Set<Column>> results, int attribute) throws TreeException {
        if (attribute == Column.WHOLE_ROW) {
            Set<Column> all = new HashSet<>();
            results.values().forEach(all::addAll);
            return all;
        }
        Set<Column> sources = results.get(attribute);
        if (sources == null) {
            throw new TreeException("a variable points to no column");
        }
        return sources;
    }
}
