package org.countersign.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Version 1 of the REST interface, below the context root {@code /api}. */
@ApplicationPath("/v1")
public class Api extends Application {
    static final String YAML = "application/yaml";
    static final String NDJSON = "application/x-ndjson";
    static final String PROBLEM = "application/problem+json";
}
