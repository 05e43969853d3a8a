package org.countersign.connector.postgres.analysis;

import java.util.List;
import java.util.TreeSet;
import org.countersign.connector.postgres.analysis.Node.Struct;

/**
 * What the server itself would ask a permission for on one range table entry.
 *
 * @param bits PostgreSQL's ACL bits
 * @param selected attribute numbers; {@link Column#WHOLE_ROW} for the row as a value, negative ones for system columns
 */
record Permissions(long bits, TreeSet<Integer> selected, TreeSet<Integer> inserted, TreeSet<Integer> updated) {
    static final long INSERT = 1;
    static final long SELECT = 1 << 1;
    static final long UPDATE = 1 << 2;
    static final long DELETE = 1 << 3;

    /** Column sets count from PostgreSQL's lowest attribute number. */
    private static final long OFFSET = 7;

    /** From 16 on they stand in a list of their own; an entry without any needs none. */
    static Permissions of(Struct query, Struct entry) throws TreeException {
        if (!entry.has("perminfoindex")) {
            return entry.has("requiredPerms") ? read(entry) : none();
        }
        long index = entry.number("perminfoindex");
        if (index == 0) {
            return none();
        }
        List<Node> all = query.items("rteperminfos");
        if (index > all.size()
                || !(all.get((int) index - 1) instanceof Struct info)
                || info.number("relid") != entry.number("relid")) {
            throw new TreeException("permissions of a relation are missing");
        }
        return read(info);
    }

    boolean need(long bit) {
        return (bits & bit) != 0;
    }

    private static Permissions none() {
        return new Permissions(0, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    private static Permissions read(Struct source) throws TreeException {
        return new Permissions(
                source.number("requiredPerms"),
                attributes(source, "selectedCols"),
                attributes(source, "insertedCols"),
                attributes(source, "updatedCols"));
    }

    private static TreeSet<Integer> attributes(Struct source, String field) throws TreeException {
        TreeSet<Integer> attributes = new TreeSet<>();
        source.numbers(field).forEach(bit -> attributes.add((int) (bit - OFFSET)));
        return attributes;
    }
}
