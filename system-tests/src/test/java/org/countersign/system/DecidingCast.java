package org.countersign.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.system.DecidingTable.Row;

/**
 * Everybody in the table of who may decide, as accounts of the identity provider. The owner and the person for whom the
 * agent acts are the same in all rows; everybody else has an account of his own for each row, because what was once linked
 * or delegated stays so.
 */
final class DecidingCast {
    private static final Set<String> SHARED = Set.of("alice", "frank");
    private final Gateway gateway;
    private final String mark;
    private final List<Row> rows;

    DecidingCast(Gateway gateway, String mark, List<Row> rows) {
        this.gateway = gateway;
        this.mark = mark;
        this.rows = rows;
    }

    /** The account of somebody in a row. */
    String name(Row row, String who) {
        return switch (who) {
            case "alice", "frank" -> who + "-" + mark;
            case "orders-agent" -> agent();
            case "bob-bot" -> "bot-" + mark + "-" + row.line() + "-agent";
            default -> who + "-" + mark + "-" + row.line();
        };
    }

    String agent() {
        return "orders-" + mark + "-agent";
    }

    String group(String name) {
        return name.substring(1) + "-" + mark;
    }

    /** Creates all accounts. */
    void enter() {
        var accounts = new ArrayList<DutiesRealm.Account>();
        SHARED.forEach(who -> accounts.add(new DutiesRealm.Account(who + "-" + mark, number(who), Set.of(), Set.of())));
        for (Row row : rows) {
            if (!SHARED.contains(row.who()) && !row.machine()) {
                accounts.add(account(row, row.who(), row.roles()));
            }
            if (!row.linked().isEmpty() && !SHARED.contains(row.linked())) {
                accounts.add(account(row, row.linked(), Set.of()));
            }
            row.delegation()
                    .filter(delegation -> !SHARED.contains(delegation.from()))
                    .ifPresent(delegation -> accounts.add(account(row, delegation.from(), delegation.roles())));
        }
        DutiesRealm.people(gateway, accounts, group("/reviewers"), group("/checkers"));
        DutiesRealm.agent(gateway, agent(), name(rows.getFirst(), "alice"), "approver");
        rows.stream()
                .filter(row -> row.who().equals("bob-bot"))
                .forEach(row -> DutiesRealm.agent(
                        gateway,
                        name(row, "bob-bot"),
                        "bob",
                        realmRoles(row.roles()).toArray(String[]::new)));
        // who belongs together is known from tokens
        SHARED.forEach(who -> gateway.api(who + "-" + mark).read("whoami"));
        rows.stream()
                .filter(row -> !row.linked().isEmpty())
                .forEach(row -> gateway.api(name(row, row.linked())).read("whoami"));
    }

    private DutiesRealm.Account account(Row row, String who, Set<String> roles) {
        boolean linked = !row.linked().isEmpty() && (who.equals(row.who()) || who.equals(row.linked()));
        var groups = new HashSet<>(groups(roles));
        if (row.type().equals("static") && who.equals(row.conflicted())) {
            groups.add(group("/checkers"));
        }
        return new DutiesRealm.Account(
                name(row, who),
                linked ? number(SHARED.contains(row.linked()) ? row.linked() : "row " + row.line()) : name(row, who),
                realmRoles(roles),
                groups);
    }

    private String number(String human) {
        return human + " " + mark;
    }

    private static Set<String> realmRoles(Set<String> roles) {
        return roles.stream().filter(role -> !role.startsWith("/")).collect(Collectors.toSet());
    }

    private Set<String> groups(Set<String> roles) {
        return roles.stream()
                .filter(role -> role.startsWith("/"))
                .map(this::group)
                .collect(Collectors.toSet());
    }

    /** Everybody who is in conflict with a constraint, by his account. */
    List<String> conflicted() {
        return rows.stream()
                .filter(row -> !row.constraint().isEmpty())
                .map(row -> name(row, row.conflicted()))
                .toList();
    }

    /** Brings about what a row says of its caller, and returns him. */
    Api caller(Row row) {
        shared(row, row.who(), row.roles());
        row.delegation().ifPresent(delegation -> delegate(row, delegation));
        return gateway.api(name(row, row.who()));
    }

    private void shared(Row row, String who, Set<String> roles) {
        if (SHARED.contains(who)) {
            DutiesRealm.become(gateway, name(row, who), Set.of("approver", "admin"), realmRoles(roles), groups(roles));
        }
    }

    private void delegate(Row row, DecidingTable.Delegation delegation) {
        shared(row, delegation.from(), delegation.roles());
        Api from = gateway.api(name(row, delegation.from()));
        boolean brief = delegation.state().equals("expired");
        Instant until = Instant.now().plus(brief ? Duration.ofSeconds(2) : Duration.ofHours(1));
        Api.Answer given = from.post(
                "delegations",
                "{\"to\":\"%s\",\"until\":\"%s\",\"reason\":\"table\"}".formatted(name(row, row.who()), until));
        String id = given.json().required("id").asText();
        switch (delegation.state()) {
            case "expired" ->
                Polling.until(() -> Polling.items(from.read("delegations?limit=100")).stream()
                        .noneMatch(each -> each.required("active").asBoolean()));
            case "revoked" -> from.delete("delegations/" + id);
            case "suspended" ->
                gateway.api("dave")
                        .post(
                                "principals/" + name(row, delegation.from()) + "/suspension",
                                "{\"reason\":\"a test of delegations\"}");
            default -> {
                // it is in force
            }
        }
    }
}
