package org.countersign.connector.postgres.analysis;

import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Constants of the type numeric. */
final class NumberConstant {
    private static final long NUMERIC = 1700;

    /** A length word, and the header of a value that is written briefly: all between 1e-256 and 1e256 are. */
    private static final int HEADER_AT = 5;

    private static final int KIND = 0xC0;
    private static final int BRIEF = 0x80;

    private NumberConstant() {}

    /** Whether it is a number that, in one step with a stored one, comes nowhere near the limits of the type. */
    static boolean modest(Node node) throws TreeException {
        if (!(node instanceof Struct struct)) {
            return false;
        }
        if (struct.is("FUNCEXPR")) {
            // an integer as a numeric
            return Unfailing.of(struct.number("funcid")) == Unfailing.ANY
                    && struct.items("args").size() == 1
                    && struct.items("args").getFirst() instanceof Struct integer
                    && integer.is("CONST");
        }
        return struct.is("CONST")
                && struct.number("consttype") == NUMERIC
                && struct.field("constvalue") instanceof Datum datum
                && brief(datum.bytes().split("\\s+"));
    }

    private static boolean brief(String[] bytes) {
        if (bytes.length <= HEADER_AT) {
            return false;
        }
        int length = (unsigned(bytes[0]) | unsigned(bytes[1]) << 8 | unsigned(bytes[2]) << 16) >> 2;
        return length == bytes.length && (unsigned(bytes[HEADER_AT]) & KIND) == BRIEF;
    }

    private static int unsigned(String signed) {
        return Integer.parseInt(signed) & 0xFF;
    }
}
