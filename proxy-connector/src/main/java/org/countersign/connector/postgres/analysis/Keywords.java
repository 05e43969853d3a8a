package org.countersign.connector.postgres.analysis;

import java.util.Set;

/** The keywords that cannot stand for a name without quotes, in every version from 14 on. */
final class Keywords {
    private static final Set<String> NO_NAMES = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
            concurrently constraint create cross current_catalog current_date current_role current_schema current_time
            current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
            full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
            localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning
            right select session_user similar some symmetric table tablesample then to trailing true union unique user using
            variadic verbose when where window with""".split("\\s+"));

    private Keywords() {}

    static boolean canName(String word) {
        return !NO_NAMES.contains(word);
    }
}
