package org.countersign.connector.clients;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.logging.AbstractSessionLog;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;

/** EclipseLink, from the making of its tables to their removal. */
record EclipseLinkClient() implements Client {
    private static final String UNIT = "clients/eclipselink/persistence.xml";

    @Override
    public String name() {
        return "eclipselink";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JpaTranscript();
        generate(endpoint, out, PersistenceUnitProperties.DROP_AND_CREATE);
        try (EntityManagerFactory entities = open(endpoint, out, PersistenceUnitProperties.NONE)) {
            JpaObjects.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaQueries.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaLocks.all().forEach((name, operation) -> out.operation(name, entities, operation));
        }
        generate(endpoint, out, PersistenceUnitProperties.CREATE_OR_EXTEND);
        generate(endpoint, out, PersistenceUnitProperties.DROP_ONLY);
        return out.text();
    }

    /** EclipseLink makes generators of numbers in another order each time. */
    private static void generate(Endpoint endpoint, JpaTranscript out, String action) {
        out.line("== schema " + action);
        var generated = new JpaTranscript();
        generated.attempt(() -> {
            try (EntityManagerFactory entities = open(endpoint, generated, action)) {
                entities.createEntityManager().close();
            }
        });
        generated.text().lines().sorted().forEach(out::line);
        ShownSchema.of(endpoint).forEach(out::line);
    }

    private static EntityManagerFactory open(Endpoint endpoint, JpaTranscript out, String generation) {
        var properties = new HashMap<String, Object>();
        properties.put(PersistenceUnitProperties.ECLIPSELINK_PERSISTENCE_XML, UNIT);
        properties.put(PersistenceUnitProperties.SESSION_NAME, "shop " + endpoint.port() + " " + generation);
        properties.put(PersistenceUnitProperties.JDBC_URL, endpoint.url(JpaTranscript.LOCK_TIMEOUT));
        properties.put(PersistenceUnitProperties.JDBC_DRIVER, org.postgresql.Driver.class.getName());
        properties.put(PersistenceUnitProperties.TARGET_DATABASE, "PostgreSQL");
        properties.put(PersistenceUnitProperties.WEAVING, "false");
        properties.put(PersistenceUnitProperties.DDL_GENERATION, generation);
        properties.put(PersistenceUnitProperties.BATCH_WRITING, "JDBC");
        properties.put(PersistenceUnitProperties.CACHE_SHARED_DEFAULT, "false");
        properties.put(PersistenceUnitProperties.LOGGING_PARAMETERS, "false");
        properties.put(PersistenceUnitProperties.LOGGING_LEVEL, "OFF");
        properties.put(PersistenceUnitProperties.SESSION_CUSTOMIZER, (org.eclipse.persistence.config.SessionCustomizer)
                session -> session.setSessionLog(new Log(out)));
        return new PersistenceProvider().createEntityManagerFactory("shop", properties);
    }

    /** Takes the SQL out of what EclipseLink logs. */
    private static final class Log extends AbstractSessionLog {
        private final JpaTranscript out;

        Log(JpaTranscript out) {
            this.out = out;
            setLevel(FINE);
        }

        @Override
        public boolean shouldLog(int level, String category) {
            return SessionLog.SQL.equals(category) && level >= FINE;
        }

        @Override
        public void log(SessionLogEntry entry) {
            if (SessionLog.SQL.equals(entry.getNameSpace())
                    && !entry.getMessage().contains("bind => [")) {
                out.sql(entry.getMessage());
            }
        }
    }
}
