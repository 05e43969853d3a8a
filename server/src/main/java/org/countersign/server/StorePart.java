package org.countersign.server;

import java.sql.Connection;
import java.sql.SQLException;

/** The embedded store of the control plane. */
final class StorePart extends PostgresPart {

    private static final String DATABASE = "countersign";

    private final Settings settings;
    private final Progress progress;

    StorePart(Settings settings, Progress progress) {
        super(
                "store",
                PostgresBinaries.ofClassPath(Build.dist()),
                settings.home().resolve("store"),
                settings.port(Port.STORE));
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    void prepare(PostgresServer running) throws SQLException {
        try (Connection connection = running.connect("postgres")) {
            login(connection, DATABASE, store(settings).password());
            database(connection, DATABASE, DATABASE);
        }
        progress.step("store", "PostgreSQL on " + address());
        Migrations.run(store(settings), progress);
    }

    /** How the gateway reaches the embedded store. */
    static Settings.ExternalStore store(Settings settings) {
        return new Settings.ExternalStore(
                "jdbc:postgresql://127.0.0.1:" + settings.port(Port.STORE) + "/" + DATABASE,
                DATABASE,
                PrivateFile.secret(settings.secrets().resolve("store")));
    }
}
