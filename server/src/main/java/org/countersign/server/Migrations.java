package org.countersign.server;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the store to the schema of this version before the gateway starts. */
final class Migrations {

    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Migrations() {}

    static void run(Settings.ExternalStore store, Progress progress) {
        FLYWAY.setLevel(Level.SEVERE);
        DriverManager.setLoginTimeout(10);
        try (var probe = DriverManager.getConnection(store.url(), store.user(), store.password())) {
            probe.isValid(5);
        } catch (SQLException e) {
            throw new LaunchException(
                    "the store " + store.url() + " does not let " + store.user() + " in: " + e.getMessage()
                            + "\n(COUNTERSIGN_DB_URL, COUNTERSIGN_DB_USER and COUNTERSIGN_DB_PASSWORD name an external store)",
                    e);
        }
        try {
            int applied = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(store.url(), store.user(), store.password())
                    .load()
                    .migrate()
                    .migrationsExecuted;
            if (applied > 0) {
                progress.step("store", applied + (applied == 1 ? " migration" : " migrations") + " applied");
            }
        } catch (FlywayException e) {
            throw new LaunchException("cannot bring the store to this version: " + e.getMessage(), e);
        }
    }
}
