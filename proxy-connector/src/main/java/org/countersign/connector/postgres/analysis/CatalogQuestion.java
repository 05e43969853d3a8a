package org.countersign.connector.postgres.analysis;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A fact that only the target's catalog knows, asked on the session's own connection.
 *
 * @param parameter the one text parameter of {@link Kind#sql}, an array of OIDs such as {@code {16385,16390}}
 */
public record CatalogQuestion(Kind kind, String parameter) {
    static CatalogQuestion about(Kind kind, Collection<Long> oids) {
        return new CatalogQuestion(
                kind, new TreeSet<>(oids).stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    /** The fixed queries; every name in them is qualified, so no search_path can change what they ask. */
    public enum Kind {
        /** oid, schema, quoted schema, quoted name, kind, functions that its indexes and partitions call and that need a look. */
        RELATIONS("catalog-relations.sql"),
        /** relation, number, quoted name, expression of a generated column. */
        ATTRIBUTES("catalog-attributes.sql"),
        /** relation, one of its ancestors or descendants. */
        INHERITANCE("catalog-inheritance.sql"),
        /** view or materialized view, its rule's queries. */
        DEFINITIONS("catalog-definitions.sql"),
        /**
         * oid, signature, xmin, volatility, whether it runs as its owner, expressions of default arguments, functions that
         * it is made of.
         */
        FUNCTIONS("catalog-functions.sql"),
        /** oid, function, functions of the operator classes it belongs to that need a look. */
        OPERATORS("catalog-operators.sql"),
        /** type, what is done when, expression or function. */
        TYPES("catalog-types.sql"),
        /** written relation, kind of effect, number, expression or name, version, events, whether rows may move. */
        EFFECTS("catalog-effects.sql");

        private final String sql;

        Kind(String resource) {
            this.sql = String.join("\n", ResourceLines.of(resource));
        }

        /** One statement with the parameter {@code $1} of type text; every result column is text. */
        public String sql() {
            return sql;
        }
    }
}
