package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

/** The lab's manifests, brought in as any change: one administrator proposes, another confirms. */
final class LabPolicy {
    private LabPolicy() {}

    static void publish(Gateway gateway) {
        var yaml = new StringBuilder();
        for (String target : Lab.TARGETS) {
            yaml.append(target(target, gateway.lab())).append(classification(target));
        }
        yaml.append(ROLES);
        change(gateway, yaml.toString());
    }

    /** Proposes as dave, confirms as erin. */
    static void change(Gateway gateway, String yaml) {
        confirm(gateway, gateway.api("dave").putYaml("manifests", yaml));
    }

    /** Proposes as dave to remove one object, confirms as erin. */
    static void remove(Gateway gateway, String kind, String name) {
        confirm(gateway, gateway.api("dave").delete("manifests/" + kind + "/" + name));
    }

    private static void confirm(Gateway gateway, Api.Answer proposed) {
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
        String change = proposed.json().required("change").asText();
        Api.Answer confirmed = gateway.api("erin").post("changes/" + change + "/confirm", "{}");
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    }

    private static String target(String name, Lab lab) {
        return """
                ---
                apiVersion: countersign/v1
                kind: Target
                metadata: {name: %s, labels: {env: lab}}
                spec:
                  protocol: postgresql
                  address: 127.0.0.1:%d
                  database: shop
                  tls: disable
                  credential: {username: shop_gateway, secret: "file:%s"}
                """.formatted(name, lab.port(name), lab.passwordFile());
    }

    private static String classification(String target) {
        return """
                ---
                apiVersion: countersign/v1
                kind: Classification
                metadata: {name: %1$s-personal-data}
                spec:
                  target: %1$s
                  columns:
                    public.customers.email: email
                    public.customers.phone: phone
                    public.customers.national_id: national-id
                    public.customers.card_number: pan
                    public.customers.salary: confidential
                    public.payments.card_number: pan
                  documents:
                    public.customers.profile: {"$.contact.email": email}
                  detectors: [pan, email, iban, secret]
                """.formatted(target);
    }

    /** frank works without approval and sees personal data masked; orders-agent needs bob; deploy-agent may define. */
    private static final String ROLES = """
            ---
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: lab-engineer}
            spec:
              holders: {users: [frank]}
              permissions:
                - targets: ["lab*"]
                  actions: [sql:select, sql:insert, sql:update, sql:delete, sql:lock]
                  resources: ["public.*"]
              masking: {pan: first6last4, email: partial, "*": redact}
              limits: {rowsPerCommand: 250000}
            ---
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: lab-writer}
            spec:
              holders: {clients: [orders-agent]}
              permissions:
                - targets: ["lab*"]
                  actions: [sql:select, sql:insert, sql:update, sql:delete]
                  resources: [public.orders]
              masking: {"*": redact}
            ---
            apiVersion: countersign/v1
            kind: Role
            metadata: {name: lab-definer}
            spec:
              holders: {clients: [deploy-agent]}
              permissions:
                - targets: ["lab*"]
                  actions: ["sql:*"]
                  resources: ["*"]
              masking: {"*": redact}
            ---
            apiVersion: countersign/v1
            kind: Guardrail
            metadata: {name: lab-agent-writes}
            spec:
              targets: {labels: {env: lab}}
              when: principal.agent && command.writes
              effect: approve
              message: Writes by agents in the lab need a person.
              approval: {approvers: {realmRoles: [approver]}, quorum: 1, expiresAfter: PT15M, executeWithin: PT5M}
            """;
}
