package org.countersign.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says to the launcher.
 *
 * @param home all state
 * @param offset added to every port, 0 to 40,000
 * @param bind the address of the public listeners
 * @param demo whether the demo target runs
 * @param demoPostgres major version of the demo target, 15 or 18
 * @param store the external store; absent for the embedded one
 * @param issuer the external identity provider; absent for the embedded Keycloak
 * @param bootstrap manifests for an empty store; absent for those of the demo
 */
record Settings(
        Path home,
        int offset,
        String bind,
        boolean demo,
        int demoPostgres,
        Optional<ExternalStore> store,
        Optional<String> issuer,
        Optional<Path> bootstrap) {

    private static final int MAX_OFFSET = 40_000;

    /** The addressed PostgreSQL of the control plane. */
    record ExternalStore(String url, String user, String password) {}

    static Settings of(Map<String, String> environment) {
        return new Settings(
                Path.of(environment.getOrDefault(
                                "COUNTERSIGN_HOME",
                                Build.root().resolve(".countersign").toString()))
                        .toAbsolutePath()
                        .normalize(),
                number(environment, "COUNTERSIGN_PORT_OFFSET", 0, MAX_OFFSET),
                environment.getOrDefault("COUNTERSIGN_BIND", "127.0.0.1"),
                !"0".equals(environment.get("COUNTERSIGN_DEMO")),
                number(environment, "COUNTERSIGN_DEMO_POSTGRES", 18, 18),
                value(environment, "COUNTERSIGN_DB_URL")
                        .map(url -> new ExternalStore(
                                url,
                                required(environment, "COUNTERSIGN_DB_USER"),
                                required(environment, "COUNTERSIGN_DB_PASSWORD"))),
                value(environment, "COUNTERSIGN_OIDC_ISSUER"),
                value(environment, "COUNTERSIGN_BOOTSTRAP")
                        .map(path -> Path.of(path).toAbsolutePath()));
    }

    Settings {
        if (demoPostgres != 15 && demoPostgres != 18) {
            throw new LaunchException("COUNTERSIGN_DEMO_POSTGRES is 15 or 18, not " + demoPostgres);
        }
    }

    int port(Port port) {
        return port.number() + offset;
    }

    /** Keycloak's own address; people, tokens and the gateway use the same. */
    String keycloakUrl() {
        return "http://localhost:" + port(Port.KEYCLOAK);
    }

    String issuerUrl() {
        return issuer.orElse(keycloakUrl() + "/realms/countersign");
    }

    String portalUrl() {
        return "http://localhost:" + port(Port.PORTAL);
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** What exists only while something runs: lock, process ids. */
    Path run() {
        return home.resolve("run");
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path journal() {
        return home.resolve("journal");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> environment, String name) {
        return value(environment, name)
                .orElseThrow(() -> new LaunchException("COUNTERSIGN_DB_URL needs " + name + " beside it"));
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int limit) {
        String text = value(environment, name).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0 && number <= limit) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new LaunchException(name + " is a number from 0 to " + limit + ", not " + text);
    }
}
