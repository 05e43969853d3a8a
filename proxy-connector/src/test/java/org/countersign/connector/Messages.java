package org.countersign.connector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;

/** Messages of a client in short; those without a name are for the unnamed statement and the unnamed portal. */
final class Messages {
    private Messages() {}

    static Query query(String sql) {
        return new Query(sql);
    }

    static Parse parse(String sql) {
        return parse("", sql);
    }

    static Parse parse(String name, String sql) {
        return new Parse(name, sql, List.of());
    }

    static Bind bind() {
        return bind("", "");
    }

    /** Values in text, without their types. */
    static Bind bind(String portal, String statement, String... values) {
        return new Bind(
                portal,
                statement,
                List.of(),
                Arrays.stream(values)
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                List.of());
    }

    static Describe describe(Subject subject, String name) {
        return new Describe(subject, name);
    }

    static Execute execute() {
        return execute("");
    }

    /** Without a limit of rows. */
    static Execute execute(String portal) {
        return new Execute(portal, 0);
    }

    static Sync sync() {
        return new Sync();
    }

    static CopyData data(String text) {
        return new CopyData(text.getBytes(StandardCharsets.UTF_8));
    }
}
