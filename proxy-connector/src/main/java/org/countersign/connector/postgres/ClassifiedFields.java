package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.countersign.model.command.FieldName;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;

/** Checks that what is classified still exists: a renamed column would otherwise be shown in clear. */
final class ClassifiedFields {
    private static final String MISSING = """
            SELECT f.s, f.r, f.c
            FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]),
                pg_catalog.unnest($3::pg_catalog.text[])) AS f(s, r, c)
            WHERE NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class k ON k.oid OPERATOR(pg_catalog.=) a.attrelid
                JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) k.relnamespace
                WHERE n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) f.s
                  AND k.relname::pg_catalog.text OPERATOR(pg_catalog.=) f.r
                  AND a.attname::pg_catalog.text OPERATOR(pg_catalog.=) f.c
                  AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2
                  AND NOT a.attisdropped)
            """;
    private final List<FieldName> fields;

    ClassifiedFields(Set<FieldName> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Names the fields that do not exist. */
    CompletionStage<List<String>> missing(PostgresBackend target) {
        if (fields.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        var schemas = new ArrayList<String>();
        var relations = new ArrayList<String>();
        var columns = new ArrayList<String>();
        for (FieldName field : fields) {
            List<String> container = parts(field.container());
            schemas.add(container.size() == 2 ? container.getFirst() : "");
            relations.add(container.getLast());
            columns.add(parts(field.field()).getLast());
        }
        return target.run(List.of(
                        new Parse("", MISSING, List.of()),
                        new Bind(
                                "",
                                "",
                                List.of(),
                                List.of(array(schemas), array(relations), array(columns)),
                                List.of()),
                        new Execute("", 0),
                        new Sync()))
                .thenApply(round -> {
                    if (round.error().isPresent()) {
                        throw new IllegalStateException("the classification could not be checked");
                    }
                    return round.rows().stream()
                            .map(row -> row.text(0) + "." + row.text(1) + "." + row.text(2))
                            .toList();
                });
    }

    /** Splits a name at its dots and takes the quotes off. */
    static List<String> parts(String name) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' && quoted && i + 1 < name.length() && name.charAt(i + 1) == '"') {
                part.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static byte[] array(List<String> values) {
        var text = new StringBuilder("{");
        for (String value : values) {
            text.append(text.length() > 1 ? "," : "")
                    .append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
