package org.countersign.system;

import java.util.ArrayDeque;
import java.util.Deque;

/** Roles and constraints of one test: brought in by dave and erin, and taken out again in reverse order. */
final class SegregationPolicy implements AutoCloseable {
    private final Gateway gateway;
    private final Deque<String[]> brought = new ArrayDeque<>();

    SegregationPolicy(Gateway gateway) {
        this.gateway = gateway;
    }

    /** @param access actions and resources, in YAML */
    SegregationPolicy role(String name, String holders, String access) {
        LabPolicy.change(gateway, role(name, holders) + "  permissions: [{targets: [shop], " + access + "}]\n");
        brought.push(new String[] {"Role", name});
        return this;
    }

    private static String role(String name, String holders) {
        return """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: %s}
                spec:
                  holders: %s
                  masking: {"*": redact}
                """.formatted(name, holders);
    }

    SegregationPolicy constraint(String name, String spec) {
        LabPolicy.change(gateway, draft(name, spec));
        brought.push(new String[] {"SegregationConstraint", name});
        return this;
    }

    static String draft(String name, String spec) {
        return """
                apiVersion: countersign/v1
                kind: SegregationConstraint
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
    }

    @Override
    public void close() {
        brought.forEach(object -> LabPolicy.remove(gateway, object[0], object[1]));
    }
}
