package org.countersign.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The demo target {@code shop}: a database whose only account with a way in is the gateway's. */
final class DemoTargetPart extends PostgresPart {

    private static final String DATABASE = "shop";
    private static final String ACCOUNT = "shop_gateway";

    private final Settings settings;
    private final Progress progress;

    DemoTargetPart(Settings settings, Progress progress) {
        super(
                "shop",
                settings.demoPostgres() == 15
                        ? PostgresBinaries.ofJar(Build.postgres15(), Build.dist())
                        : PostgresBinaries.ofClassPath(Build.dist()),
                settings.home().resolve("demo-target-" + settings.demoPostgres()),
                settings.port(Port.DEMO_TARGET));
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    void prepare(PostgresServer running) throws SQLException {
        try (Connection connection = running.connect("postgres")) {
            login(connection, ACCOUNT, password(settings));
            execute(connection, "GRANT SET ON PARAMETER log_min_messages TO " + ACCOUNT);
            database(connection, DATABASE, PostgresServer.SUPERUSER);
        }
        try (Connection connection = running.connect(DATABASE)) {
            if (!exists(connection, "SELECT 1 FROM pg_class WHERE oid = to_regclass('public.customers')")) {
                connection.setAutoCommit(false);
                execute(connection, Build.text("shop.sql"));
                connection.commit();
            }
        }
        progress.step(
                "shop",
                String.format(Locale.ROOT, "demo target, PostgreSQL %d on %s", settings.demoPostgres(), address()));
    }

    static String password(Settings settings) {
        return PrivateFile.secret(settings.secrets().resolve("shop"));
    }
}
