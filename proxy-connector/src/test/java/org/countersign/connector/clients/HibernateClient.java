package org.countersign.connector.clients;

import jakarta.persistence.EntityManagerFactory;
import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Hibernate, from the making of its tables to their removal, with what only it has. */
record HibernateClient() implements Client {
    private static final Logger LOG = Logger.getLogger("org.hibernate");

    static {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public String name() {
        return "hibernate";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JpaTranscript();
        generate(endpoint, out, "drop-and-create");
        try (EntityManagerFactory entities = open(endpoint, out, Map.of())) {
            JpaObjects.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaQueries.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaLocks.all().forEach((name, operation) -> out.operation(name, entities, operation));
            HibernateTypes.all().forEach((name, operation) -> out.operation(name, entities, operation));
            HibernateQueries.all().forEach((name, operation) -> out.operation(name, entities, operation));
        }
        generate(endpoint, out, "validate");
        generate(endpoint, out, "update");
        out.line("== update of a table that lacks something");
        HibernateTypes.cripple(endpoint, out);
        generate(endpoint, out, "update again");
        generate(endpoint, out, "drop");
        return out.text();
    }

    /** What Hibernate does to the schema when it starts. */
    private static void generate(Endpoint endpoint, JpaTranscript out, String action) {
        out.line("== schema " + action);
        var script = new StringWriter();
        out.attempt(() -> {
            try (EntityManagerFactory entities = open(
                    endpoint,
                    out,
                    Map.of(
                            AvailableSettings.JAKARTA_HBM2DDL_DATABASE_ACTION,
                            action.split(" ", 2)[0],
                            AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION,
                            action.equals("drop-and-create") ? action : "none",
                            AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_CREATE_TARGET,
                            script,
                            AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_DROP_TARGET,
                            script))) {
                out.line(entities.isOpen());
            }
        });
        script.toString().lines().forEach(out::sql);
        ShownSchema.of(endpoint).forEach(out::line);
    }

    static EntityManagerFactory open(Endpoint endpoint, JpaTranscript out, Map<String, Object> more) {
        var configuration = new HibernatePersistenceConfiguration("shop");
        Stream.concat(JpaModel.classes().stream(), HibernateTypes.classes().stream())
                .forEach(configuration::managedClass);
        configuration.jdbcUrl(endpoint.url(JpaTranscript.LOCK_TIMEOUT));
        configuration.property(AvailableSettings.STATEMENT_INSPECTOR, (StatementInspector) sql -> {
            out.sql(sql);
            return sql;
        });
        configuration.property(AvailableSettings.STATEMENT_BATCH_SIZE, 10);
        configuration.property(AvailableSettings.ORDER_INSERTS, true);
        configuration.property(AvailableSettings.DEFAULT_BATCH_FETCH_SIZE, 4);
        configuration.property(AvailableSettings.POOL_SIZE, 3);
        configuration.property(QuerySettings.JSON_FUNCTIONS_ENABLED, true);
        more.forEach(configuration::property);
        return configuration.createEntityManagerFactory();
    }
}
