package org.countersign.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The running product as its users meet it: ports, tokens, clients.
 *
 * @param home its {@code COUNTERSIGN_HOME}
 * @param offset its {@code COUNTERSIGN_PORT_OFFSET}
 */
record Gateway(Path home, int offset, Lab lab, Map<String, String> tokenCache) {
    Gateway(Path home, int offset, Lab lab) {
        this(home, offset, lab, new ConcurrentHashMap<>());
    }

    int postgresPort() {
        return 15432 + offset;
    }

    String portalUrl() {
        return "http://localhost:" + (8080 + offset);
    }

    String issuer() {
        return "http://localhost:" + (8180 + offset) + "/realms/countersign";
    }

    Tokens tokens() {
        return new Tokens(issuer());
    }

    /** A token of the demo principal, agent or person; fetched anew for each call. */
    String token(String principal) {
        return principal.endsWith("-agent") ? tokens().ofAgent(principal) : tokens().ofPerson(principal);
    }

    Api api(String principal) {
        return apiWith(token(principal));
    }

    Api apiWith(String token) {
        return new Api(portalUrl() + "/api/v1/", token);
    }

    Psql psql(String principal, String target) {
        return psql(principal, target, "");
    }

    Psql psql(String principal, String target, String options) {
        return new Psql(postgresPort(), target, principal, token(principal), options);
    }

    Psql psqlWith(String user, String password, String target) {
        return new Psql(postgresPort(), target, user, password, "");
    }

    /** A connection of pgjdbc through the gateway. */
    java.sql.Connection connect(String principal, String target, String... properties) throws java.sql.SQLException {
        return connectWith(principal, token(principal), target, properties);
    }

    java.sql.Connection connectWith(String user, String password, String target, String... properties)
            throws java.sql.SQLException {
        var all = new java.util.Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("sslmode", "disable");
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.setProperty(property.substring(0, equals), property.substring(equals + 1));
        }
        return java.sql.DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresPort() + "/" + target, all);
    }
}
