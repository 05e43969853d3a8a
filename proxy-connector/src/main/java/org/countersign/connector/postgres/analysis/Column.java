package org.countersign.connector.postgres.analysis;

/**
 * A column by its place in the catalog.
 *
 * @param relation the relation's OID
 * @param attribute its number; {@link #WHOLE_ROW} for the row as a value
 */
record Column(long relation, int attribute) {
    static final int WHOLE_ROW = 0;

    /** OIDs below belong to objects that came with the server. */
    static final long FIRST_USER_OID = 16384;

    boolean system() {
        return relation < FIRST_USER_OID;
    }
}
