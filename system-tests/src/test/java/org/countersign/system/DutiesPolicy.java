package org.countersign.system;

import java.util.UUID;

/** Policy of one test: brought in by dave and erin, and taken out again. Conditions name a mark that only its commands bear. */
final class DutiesPolicy implements AutoCloseable {
    private final Gateway gateway;
    private final String name;

    private DutiesPolicy(Gateway gateway) {
        this.gateway = gateway;
        this.name = "duties-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** What commands of this test have in them. */
    String mark() {
        return name;
    }

    /** A role with which these holders, in YAML, read and update orders of the shop. */
    static DutiesPolicy writers(Gateway gateway, String holders) {
        return on(gateway, holders, "sql:select, sql:update");
    }

    /** A role with which these holders, in YAML, do this to orders of the shop. */
    static DutiesPolicy on(Gateway gateway, String holders, String actions) {
        return new DutiesPolicy(gateway).role(holders, actions);
    }

    /** A role with which these holders, in YAML, do everything on a target and see everything in clear. */
    static DutiesPolicy masters(Gateway gateway, String holders, String target) {
        return new DutiesPolicy(gateway).role(holders, target, "\"sql:*\"", "\"*\"", "clear");
    }

    DutiesPolicy role(String holders, String actions) {
        return role(holders, "shop", actions, "public.orders", "redact");
    }

    private DutiesPolicy role(String holders, String target, String actions, String resources, String mask) {
        LabPolicy.change(gateway, """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: %s}
                spec:
                  holders: %s
                  permissions: [{targets: [%s], actions: [%s], resources: [%s]}]
                  masking: {"*": %s}
                """.formatted(name, holders, target, actions, resources, mask));
        return this;
    }

    /** A guardrail on the marked commands, with its approval, in YAML. */
    DutiesPolicy approval(String approval) {
        LabPolicy.change(gateway, """
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: %1$s}
                spec:
                  when: command.text.contains("%1$s")
                  effect: approve
                  message: A test wants it.
                  approval: %2$s
                """.formatted(name, approval));
        return this;
    }

    /** Forbids the marked commands. */
    void forbid() {
        LabPolicy.change(gateway, """
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: %1$s}
                spec: {when: 'command.text.contains("%1$s")', effect: deny, message: A test forbids it.}
                """.formatted(name));
    }

    @Override
    public void close() {
        String policy = gateway.api("dave").read("manifests").body();
        for (String kind : new String[] {"Guardrail", "Role"}) {
            if (policy.contains("kind: " + kind + "\nmetadata:\n  name: " + name)) {
                LabPolicy.remove(gateway, kind, name);
            }
        }
    }
}
