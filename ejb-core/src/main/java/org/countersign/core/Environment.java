package org.countersign.core;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the settings once, from the variables of the server's process. */
@ApplicationScoped
public class Environment {
    @Produces
    @Singleton
    CoreSettings settings() {
        return CoreSettings.of(System.getenv());
    }

    @Produces
    @Singleton
    AgentSettings agents() {
        return AgentSettings.of(System.getenv());
    }

    @Produces
    @Singleton
    IntrospectionSettings introspection() {
        return IntrospectionSettings.of(System.getenv());
    }
}
