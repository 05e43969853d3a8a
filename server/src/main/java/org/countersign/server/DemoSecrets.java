package org.countersign.server;

import java.util.List;

/** The well-known secrets of the demo realm, where {@code ./countersign token} finds them. */
final class DemoSecrets {

    private static final List<String> AGENTS =
            List.of("support-agent", "orders-agent", "deploy-agent", "exchange-agent");
    private static final List<String> PERSONS = List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace");

    private DemoSecrets() {}

    static void write(Settings settings) {
        AGENTS.forEach(
                name -> PrivateFile.secret(settings.secrets().resolve("agents").resolve(name), name + "-demo"));
        PERSONS.forEach(
                name -> PrivateFile.secret(settings.secrets().resolve("persons").resolve(name), name + "-demo"));
    }
}
