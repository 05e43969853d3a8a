package org.countersign.connector.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.countersign.connector.postgres.analysis.QuotedNames;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;

/** The relation that a COPY names, as the session's own connection resolves it now. */
record CopyTable(String schema, String name, char kind, boolean populated, boolean rules, List<Attribute> attributes) {
    /** One row for each column, or one without a column; the cast refuses what does not exist as COPY would. */
    static final String QUESTION = """
            SELECT n.nspname, c.relname, c.relkind, c.relispopulated, c.relhasrules,
                   a.attname, a.attgenerated OPERATOR(pg_catalog.<>) ''::pg_catalog."char", a.atttypid, a.atttypmod
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
                  AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2 AND NOT a.attisdropped
            WHERE c.oid OPERATOR(pg_catalog.=) ($1::pg_catalog.text)::pg_catalog.regclass::pg_catalog.oid
            ORDER BY a.attnum
            """;

    private static final int POPULATED_VIEWS_FROM = 180_000;
    private static final String WRONG_OBJECT = "42809";
    private static final String TRY_QUERY = "Try the COPY (SELECT ...) TO variant.";

    /**
     * @param type its OID
     * @param modifier of the type; -1 when it has none
     */
    record Attribute(String name, boolean generated, int type, int modifier) {
        Column column() {
            return new Column(name, 0, (short) 0, type, (short) -1, modifier, Format.TEXT);
        }
    }

    CopyTable {
        attributes = List.copyOf(attributes);
    }

    static CopyTable of(List<DataRow> rows) {
        var attributes = new ArrayList<Attribute>();
        for (DataRow row : rows) {
            String name = row.text(5);
            String type = row.text(7);
            String modifier = row.text(8);
            if (name != null && type != null && modifier != null) {
                attributes.add(new Attribute(
                        name, "t".equals(row.text(6)), Integer.parseUnsignedInt(type), Integer.parseInt(modifier)));
            }
        }
        DataRow first = rows.getFirst();
        return new CopyTable(
                String.valueOf(first.text(0)),
                String.valueOf(first.text(1)),
                String.valueOf(first.text(2)).charAt(0),
                "t".equals(first.text(3)),
                "t".equals(first.text(4)),
                attributes);
    }

    /** Its name as it is written for the target. */
    String quoted() {
        return QuotedNames.quoted(List.of(schema, name));
    }

    /** The columns that are copied when none are named. */
    List<String> copied() {
        return attributes.stream()
                .filter(attribute -> !attribute.generated())
                .map(Attribute::name)
                .toList();
    }

    List<Column> columns(List<String> names) {
        var columns = new ArrayList<Column>();
        for (String name : names) {
            attribute(name).ifPresent(attribute -> columns.add(attribute.column()));
        }
        return columns;
    }

    private Optional<Attribute> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    /** What PostgreSQL says about a COPY of these columns, if it refuses it. */
    Optional<Diagnostic> mistake(List<String> names, boolean in, int serverVersion) {
        var seen = new HashSet<String>();
        for (String column : names) {
            Optional<Attribute> attribute = attribute(column);
            if (attribute.isEmpty()) {
                return mistake("42703", "column \"" + column + "\" of relation \"" + name + "\" does not exist");
            }
            if (attribute.get().generated()) {
                return Optional.of(Diagnostic.of("ERROR", "42P10", "column \"" + column + "\" is a generated column")
                        .with(Diagnostic.DETAIL, "Generated columns cannot be used in COPY."));
            }
            if (!seen.add(column)) {
                return mistake("42701", "column \"" + column + "\" specified more than once");
            }
        }
        return in ? notWritable() : notReadable(serverVersion);
    }

    private Optional<Diagnostic> notReadable(int serverVersion) {
        return switch (kind) {
            case 'r' -> Optional.empty();
            case 'm' ->
                populated && serverVersion >= POPULATED_VIEWS_FROM
                        ? Optional.empty()
                        : wrong(
                                "cannot copy from "
                                        + (serverVersion >= POPULATED_VIEWS_FROM ? "unpopulated " : "")
                                        + "materialized view",
                                serverVersion >= POPULATED_VIEWS_FROM
                                        ? "Use the REFRESH MATERIALIZED VIEW command."
                                        : TRY_QUERY);
            case 'v' -> wrong("cannot copy from view", TRY_QUERY);
            case 'f' -> wrong("cannot copy from foreign table", TRY_QUERY);
            case 'p' -> wrong("cannot copy from partitioned table", TRY_QUERY);
            case 'S' -> wrong("cannot copy from sequence", "");
            default -> wrong("cannot copy from non-table relation", "");
        };
    }

    private Optional<Diagnostic> notWritable() {
        return switch (kind) {
            case 'r', 'p', 'f' -> Optional.empty();
            case 'v' ->
                wrong("cannot copy to view", "To enable copying to a view, provide an INSTEAD OF INSERT trigger.");
            case 'm' -> wrong("cannot copy to materialized view", "");
            case 'S' -> wrong("cannot copy to sequence", "");
            default -> wrong("cannot copy to non-table relation", "");
        };
    }

    private Optional<Diagnostic> wrong(String what, String hint) {
        Diagnostic mistake = Diagnostic.of("ERROR", WRONG_OBJECT, what + " \"" + name + "\"");
        return Optional.of(hint.isEmpty() ? mistake : mistake.with(Diagnostic.HINT, hint));
    }

    private static Optional<Diagnostic> mistake(String sqlState, String message) {
        return Optional.of(Diagnostic.of("ERROR", sqlState, message));
    }
}
