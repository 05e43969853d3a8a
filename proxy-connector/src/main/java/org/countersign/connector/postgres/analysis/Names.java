package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** What the statement itself names, from the analysed tree: a permission has to cover it, as in PostgreSQL. */
final class Names {
    final Callees callees = new Callees();
    final Set<NamedAccess> accesses = new LinkedHashSet<>();
    final Set<CommandType> commands = new LinkedHashSet<>();
    boolean hasPredicate = true;

    private final int serverVersionNum;

    Names(int serverVersionNum) {
        this.serverVersionNum = serverVersionNum;
    }

    void add(Struct analysed) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(analysed);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct struct) {
                callees.add(struct);
                if (struct.is("QUERY")) {
                    query(struct);
                }
            }
            QueryScope.children(node).forEach(open::push);
        }
    }

    private void query(Struct query) throws TreeException {
        CommandType command = CommandType.of(query, serverVersionNum);
        commands.add(command);
        if (command == CommandType.UPDATE || command == CommandType.DELETE) {
            hasPredicate &= selectsRows(query);
        }
        List<Node> entries = query.items("rtable");
        long target = query.number("resultRelation");
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Struct entry && entry.number("rtekind") == QueryScope.RELATION) {
                relation(entry, Permissions.of(query, entry), i + 1 == target ? command : CommandType.SELECT);
            }
        }
    }

    private void relation(Struct entry, Permissions needed, CommandType command) throws TreeException {
        long relation = entry.number("relid");
        if (needed.need(Permissions.SELECT)) {
            accesses.add(new NamedAccess("select", relation, needed.selected()));
        }
        if (command == CommandType.SELECT) {
            if (needed.need(Permissions.UPDATE)) {
                accesses.add(new NamedAccess("lock", relation, Set.of()));
            }
        } else if (command == CommandType.MERGE) {
            Set<Integer> columns = new TreeSet<>(needed.inserted());
            columns.addAll(needed.updated());
            accesses.add(new NamedAccess("merge", relation, columns));
        } else {
            accesses.addAll(writes(relation, needed));
        }
    }

    private static List<NamedAccess> writes(long relation, Permissions needed) {
        List<NamedAccess> writes = new ArrayList<>();
        if (needed.need(Permissions.INSERT)) {
            writes.add(new NamedAccess("insert", relation, needed.inserted()));
        }
        if (needed.need(Permissions.UPDATE)) {
            writes.add(new NamedAccess("update", relation, needed.updated()));
        }
        if (needed.need(Permissions.DELETE)) {
            writes.add(new NamedAccess("delete", relation, Set.of()));
        }
        return writes;
    }

    /** Whether the WHERE clause looks at the rows it chooses from; {@code WHERE true} does not. */
    private static boolean selectsRows(Struct query) throws TreeException {
        Struct tree = query.struct("jointree");
        if (tree == null) {
            return false;
        }
        long target = query.number("resultRelation");
        Deque<Node> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct struct && struct.is("VAR") && struct.number("varno") == target) {
                return true;
            }
            QueryScope.children(node).forEach(open::push);
        }
        return false;
    }
}
