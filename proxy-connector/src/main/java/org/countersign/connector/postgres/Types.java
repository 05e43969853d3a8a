package org.countersign.connector.postgres;

import java.util.Map;
import java.util.Set;

/**
 * The built-in types whose values are read here, by OID. OIDs of built-in types never change.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat">pg_type.dat</a>
 */
final class Types {
    static final int BOOL = 16;
    static final int BYTEA = 17;
    static final int CHAR = 18;
    static final int NAME = 19;
    static final int INT8 = 20;
    static final int INT2 = 21;
    static final int INT4 = 23;
    static final int TEXT = 25;
    static final int OID = 26;
    static final int JSON = 114;
    static final int XML = 142;
    static final int FLOAT4 = 700;
    static final int FLOAT8 = 701;
    static final int UNKNOWN = 705;
    static final int BPCHAR = 1042;
    static final int VARCHAR = 1043;
    static final int DATE = 1082;
    static final int TIME = 1083;
    static final int TIMESTAMP = 1114;
    static final int TIMESTAMPTZ = 1184;
    static final int NUMERIC = 1700;
    static final int UUID = 2950;
    static final int JSONB = 3802;
    /** The first OID that {@code initdb} does not give out: types from here on may run user code when they are read. */
    static final int FIRST_USER_OID = 16_384;

    private static final Set<Integer> TEXTS = Set.of(TEXT, VARCHAR, BPCHAR, NAME, UNKNOWN);
    private static final Set<Integer> DOCUMENTS = Set.of(JSON, JSONB, XML);
    private static final Set<Integer> TEXT_ARRAYS = Set.of(1003, 1009, 1014, 1015);
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(BOOL, "bool"),
            Map.entry(BYTEA, "bytea"),
            Map.entry(CHAR, "char"),
            Map.entry(NAME, "name"),
            Map.entry(INT8, "int8"),
            Map.entry(INT2, "int2"),
            Map.entry(INT4, "int4"),
            Map.entry(TEXT, "text"),
            Map.entry(OID, "oid"),
            Map.entry(JSON, "json"),
            Map.entry(XML, "xml"),
            Map.entry(FLOAT4, "float4"),
            Map.entry(FLOAT8, "float8"),
            Map.entry(UNKNOWN, "unknown"),
            Map.entry(BPCHAR, "bpchar"),
            Map.entry(VARCHAR, "varchar"),
            Map.entry(DATE, "date"),
            Map.entry(TIME, "time"),
            Map.entry(TIMESTAMP, "timestamp"),
            Map.entry(TIMESTAMPTZ, "timestamptz"),
            Map.entry(NUMERIC, "numeric"),
            Map.entry(UUID, "uuid"),
            Map.entry(JSONB, "jsonb"),
            Map.entry(1000, "bool[]"),
            Map.entry(1003, "name[]"),
            Map.entry(1005, "int2[]"),
            Map.entry(1007, "int4[]"),
            Map.entry(1009, "text[]"),
            Map.entry(1014, "bpchar[]"),
            Map.entry(1015, "varchar[]"),
            Map.entry(1016, "int8[]"),
            Map.entry(1186, "interval"),
            Map.entry(1231, "numeric[]"),
            Map.entry(1266, "timetz"),
            Map.entry(869, "inet"),
            Map.entry(650, "cidr"));

    private Types() {}

    static String name(int oid) {
        return NAMES.getOrDefault(oid, "type " + Integer.toUnsignedString(oid));
    }

    static boolean text(int oid) {
        return TEXTS.contains(oid);
    }

    /** A text with a grammar: what is cut out of it or put in its place is mostly no longer one. */
    static boolean document(int oid) {
        return DOCUMENTS.contains(oid);
    }

    static boolean textArray(int oid) {
        return TEXT_ARRAYS.contains(oid);
    }
}
