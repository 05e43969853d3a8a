package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Trees of UNION, INTERSECT and EXCEPT. */
final class SetOperations {
    private static final long UNION = 1;

    private SetOperations() {}

    /** Whether any part compares rows: everything but UNION ALL. */
    static boolean compare(Struct operation) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(operation);
        while (!open.isEmpty()) {
            if (open.pop() instanceof Struct part && part.is("SETOPERATIONSTMT")) {
                if (part.number("op") != UNION || !part.truth("all")) {
                    return true;
                }
                open.push(part.field("larg"));
                open.push(part.field("rarg"));
            }
        }
        return false;
    }
}
