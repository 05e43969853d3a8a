package org.countersign.connector.postgres.analysis;

import java.util.Set;

/** Types that came with the server, by OID. */
final class ScalarTypes {
    static final long BOOLEAN = 16;
    static final long JSONB = 3802;

    /** name, text, character(n), character varying. */
    private static final Set<Long> TEXTS = Set.of(19L, 25L, 1042L, 1043L);

    /** Those whose values can all be compared: numbers, texts, bytes, dates and times, uuid, inet, money. */
    private static final Set<Long> ORDERED = Set.of(
            16L, 17L, 18L, 19L, 20L, 21L, 23L, 25L, 26L, 700L, 701L, 790L, 869L, 1042L, 1043L, 1082L, 1083L, 1114L,
            1184L, 1186L, 1266L, 1700L, 2950L);

    private static final Set<Long> INTEGERS = Set.of(20L, 21L, 23L);

    private ScalarTypes() {}

    static boolean isInteger(long type) {
        return INTEGERS.contains(type);
    }

    static boolean is(long type) {
        return ORDERED.contains(type);
    }

    static boolean isText(long type) {
        return TEXTS.contains(type);
    }
}
