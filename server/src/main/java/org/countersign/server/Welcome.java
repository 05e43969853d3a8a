package org.countersign.server;

import java.util.List;

/** What a person reads when everything runs: what is where, how to sign in, what to try. */
final class Welcome {

    private final Settings settings;

    Welcome(Settings settings) {
        this.settings = settings;
    }

    String text() {
        StringBuilder text = new StringBuilder("\n");
        for (List<String> row : rows()) {
            text.append(String.format("  %-12s %-46s %s%n", row.toArray()));
        }
        if (settings.demo() && settings.issuer().isEmpty()) {
            text.append(tour());
        }
        return text.toString();
    }

    private List<List<String>> rows() {
        String demo =
                settings.issuer().isEmpty() ? "bob / bob-demo (approver), carol / carol-demo (auditor)" : "a person";
        String listener = "localhost:" + settings.port(Port.POSTGRES) + (settings.demo() ? ", database shop" : "");
        return List.of(
                List.of("WHAT", "WHERE", "SIGN-IN"),
                List.of("portal", settings.portalUrl(), demo),
                List.of("REST", settings.portalUrl() + "/api/v1", "bearer token: ./countersign token --agent NAME"),
                List.of("PostgreSQL", listener, "user NAME, password: such a token"),
                List.of("issuer", settings.issuerUrl(), settings.issuer().isEmpty() ? "alice … frank / NAME-demo" : ""),
                List.of("management", "http://127.0.0.1:" + settings.port(Port.MANAGEMENT) + "/health", ""),
                List.of("state, logs", settings.home().toString(), ""));
    }

    private String tour() {
        return "\nTry it (psql; the last one waits until bob approves at " + settings.portalUrl() + "/approvals):\n"
                + variables()
                + "\n  # allowed\n"
                + psql("support-agent", "select status, count(*) from orders group by status")
                + "\n  # allowed, and masked: personal data is not this role's to see\n"
                + psql("support-agent", "select id, full_name, email, card_number from customers order by id limit 3")
                + "\n  # denied: no role of the agent reads payments\n"
                + psql("support-agent", "select * from payments")
                + "\n  # held until a person who does not answer for the agent approves it\n"
                + psql("orders-agent", "update orders set status = 'shipped' where id = 7")
                + "\n";
    }

    /** Only what differs from the defaults has to be said to the next command. */
    private String variables() {
        StringBuilder variables = new StringBuilder();
        if (!settings.home().equals(Build.root().resolve(".countersign"))) {
            variables.append("\n  export COUNTERSIGN_HOME=").append(settings.home());
        }
        if (settings.offset() != 0) {
            variables.append("\n  export COUNTERSIGN_PORT_OFFSET=").append(settings.offset());
        }
        return variables.isEmpty() ? "" : variables.append('\n').toString();
    }

    private String psql(String agent, String sql) {
        return "  PGPASSWORD=$(./countersign token --agent " + agent + ") psql \"host=localhost port="
                + settings.port(Port.POSTGRES) + " dbname=shop user=" + agent + "\" -c \"" + sql + "\"\n";
    }
}
