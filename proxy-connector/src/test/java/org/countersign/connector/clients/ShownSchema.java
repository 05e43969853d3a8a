package org.countersign.connector.clients;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables that a library made, as the catalog has them. */
final class ShownSchema {
    private static final String COLUMNS = """
            select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
            from information_schema.columns where table_schema = 'public' order by table_name collate "C", ordinal_position""";
    private static final String CONSTRAINTS = """
            select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace order by 1""";

    private ShownSchema() {}

    static List<String> of(Endpoint endpoint) {
        var lines = new ArrayList<String>();
        try (Connection connection = DriverManager.getConnection(endpoint.url());
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(COLUMNS, CONSTRAINTS)) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        lines.add("has " + rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            lines.add("has no schema to show: " + e.getMessage());
        }
        return lines;
    }
}
