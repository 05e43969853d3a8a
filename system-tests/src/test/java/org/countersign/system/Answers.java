package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What clients of the tests are answered. */
final class Answers {
    private Answers() {}

    static void assertRefused(Psql.Result result, String sqlState) {
        assertThat(result.exit()).as(result.out()).isNotZero();
        assertThat(result.err()).contains("ERROR:  " + sqlState);
        assertThat(result.out()).isEmpty();
    }

    static String only(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
