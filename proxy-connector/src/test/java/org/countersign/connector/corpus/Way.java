package org.countersign.connector.corpus;

import java.util.Locale;

/** How a statement is sent. */
enum Way {
    /** As a simple Query. */
    SIMPLE,
    /** As Parse, Bind, Describe, Execute and Sync in one go. */
    EXTENDED,
    /** The same, asking for binary results. */
    BINARY,
    /** As a named statement, described and run behind a Sync each. */
    NAMED,
    /** One row an Execute, until there are no more. */
    LIMITED,
    /** Through a named portal that SQL's FETCH reads. */
    PORTAL,
    /** As a call by protocol; the statement is the function's OID. */
    CALL;

    static Way of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
