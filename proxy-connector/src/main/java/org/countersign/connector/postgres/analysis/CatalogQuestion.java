package org.countersign.connector.postgres.analysis;

/**
 * A fact that only the target's catalog knows, asked on the session's own connection.
 *
 * @param parameter the one text parameter of {@link Kind#sql}, an array of OIDs such as {@code {16385,16390}}
 */
public record CatalogQuestion(Kind kind, String parameter) {
    /** The fixed queries; every name in them is qualified, so no search_path can change what they ask. */
    public enum Kind {
        RELATIONS("");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }

        /** One statement with the parameter {@code $1} of type text; every result column is text. */
        public String sql() {
            return sql;
        }
    }
}
