package org.countersign.server;

/** The ports of the contract, before the offset. */
enum Port {
    PORTAL("portal and REST", 8080),
    KEYCLOAK("Keycloak", 8180),
    MANAGEMENT("management", 9990),
    STORE("store", 15431),
    POSTGRES("PostgreSQL listener", 15432),
    DEMO_TARGET("demo target", 15433);

    private final String label;
    private final int number;

    Port(String label, int number) {
        this.label = label;
        this.number = number;
    }

    String label() {
        return label;
    }

    int number() {
        return number;
    }
}
