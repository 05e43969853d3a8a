package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.system.TourSystemTest.problemOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.countersign.system.DecidingTable.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.util.PSQLException;

/** The table of who may decide what: every row through REST, one of each kind in the browser. */
@ExtendWith(RunningGateway.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoMayDecideSystemTest {
    private static final String TARGET = "lab18";

    /** What the page says, by answer and by what leads to it. */
    private static final Map<String, String> IN_THE_PORTAL = Map.of(
            "accepted", "",
            "accepted-group", "",
            "accepted-delegate", "",
            "self-approval", "Somebody else has to countersign it",
            "self-approval-linked", "Somebody else has to countersign it",
            "not-an-approver", "You are not an approver of this request",
            "delegator-conflicted-delegate", "You would decide for somebody who may not",
            "conflict-of-duties", "A constraint excludes you",
            "conflict-of-duties-linked", "A constraint excludes you");

    private final Gateway gateway;
    private final String mark = UUID.randomUUID().toString().substring(0, 6);
    private final List<Row> rows = DecidingTable.rows();
    private final DecidingCast cast;
    private final Map<Row, String> requests = new HashMap<>();
    private final Map<Row, String> shown = new HashMap<>();
    private final List<Row> seen;

    WhoMayDecideSystemTest(Gateway gateway) {
        this.gateway = gateway;
        this.cast = new DecidingCast(gateway, mark, rows);
        this.seen = rows.stream()
                .filter(row -> IN_THE_PORTAL.containsKey(kind(row)))
                .collect(Collectors.toMap(WhoMayDecideSystemTest::kind, row -> row, (first, next) -> first))
                .values()
                .stream()
                .toList();
    }

    @BeforeAll
    void everybodyIsThereAndHasAsked() throws Exception {
        cast.enter();
        LabPolicy.change(gateway, policy());
        for (String request : List.of("agent", "agent-for", "person")) {
            ask(request);
        }
        for (Row row : rows) {
            act(row);
        }
    }

    /** A static constraint keeps workers and checkers apart, a dynamic one looking at payments and changing orders. */
    private String policy() {
        return """
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: workers-%1$s}
                spec:
                  holders: {clients: [%2$s], users: [frank-%1$s, %3$s]}
                  permissions: [{targets: [%4$s], actions: [sql:select, sql:update], resources: [public.orders, public.payments]}]
                  masking: {"*": redact}
                ---
                apiVersion: countersign/v1
                kind: Role
                metadata: {name: checkers-%1$s}
                spec:
                  holders: {groups: [%6$s]}
                  permissions: [{targets: [%4$s], actions: [sql:select], resources: [public.customers]}]
                  masking: {"*": redact}
                ---
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: lifted-%1$s}
                spec: {priority: 10, when: 'command.text.contains("%1$s")', effect: allow, message: The table has its own.}
                ---
                apiVersion: countersign/v1
                kind: Guardrail
                metadata: {name: held-%1$s}
                spec:
                  priority: 20
                  when: command.text.contains("%1$s")
                  effect: approve
                  message: The table wants it.
                  approval: {approvers: {realmRoles: [approver], groups: [%5$s]}, quorum: 1, expiresAfter: PT15M, executeWithin: PT5M}
                ---
                apiVersion: countersign/v1
                kind: SegregationConstraint
                metadata: {name: static-%1$s}
                spec: {type: static, targets: {names: [%4$s]}, roles: [workers-%1$s, checkers-%1$s]}
                ---
                apiVersion: countersign/v1
                kind: SegregationConstraint
                metadata: {name: dynamic-%1$s}
                spec:
                  type: dynamic
                  targets: {names: [%4$s]}
                  duties:
                    - {name: look, actions: [sql:select], resources: [public.payments]}
                    - {name: change, actions: [sql:update], resources: [public.orders]}
                ---
                apiVersion: countersign/v1
                kind: SegregationConstraint
                metadata: {name: history-%1$s}
                spec:
                  type: history
                  targets: {names: [%4$s]}
                  who: {did: [sql:update], on: [public.orders]}
                  mayNot: {approve: ["sql:*"]}
                  within: PT1H
                """.formatted(
                        mark,
                        cast.agent(),
                        String.join(", ", cast.conflicted()),
                        TARGET,
                        cast.group("/reviewers"),
                        cast.group("/checkers"));
    }

    @AfterAll
    void nothingIsLeft() {
        Api agent = gateway.api(cast.agent());
        Api frank = gateway.api("frank-" + mark);
        Stream.of(requests, shown)
                .forEach(asked -> asked.forEach(
                        (row, id) -> (row.request().equals("agent") ? agent : frank).delete("approvals/" + id)));
        for (String constraint : List.of("static-", "dynamic-", "history-")) {
            LabPolicy.remove(gateway, "SegregationConstraint", constraint + mark);
        }
        for (String guardrail : List.of("held-", "lifted-")) {
            LabPolicy.remove(gateway, "Guardrail", guardrail + mark);
        }
        for (String role : List.of("workers-", "checkers-")) {
            LabPolicy.remove(gateway, "Role", role + mark);
        }
    }

    /** Sends what these rows ask for, in one session, and keeps what it is answered: an approval for each. */
    private void ask(String request) throws SQLException, IOException {
        String frank = "frank-" + mark;
        boolean person = request.equals("person");
        String password = switch (request) {
            case "agent" -> gateway.tokens().ofAgent(cast.agent());
            case "agent-for" -> gateway.tokens().ofPersonThrough(cast.agent(), frank);
            default -> gateway.tokens().ofPerson(frank);
        };
        try (Connection session = gateway.connectWith(
                        person ? frank : cast.agent(), password, TARGET, "options=-c countersign.approval=defer");
                Statement statement = session.createStatement()) {
            for (Row row : rows) {
                if (row.request().equals(request)) {
                    requests.put(row, deferred(statement, "row " + row.line()));
                }
            }
        }
    }

    private String deferred(Statement statement, String note) throws SQLException, IOException {
        try {
            statement.executeUpdate("update orders set note = '" + mark + " " + note + "' where id = 1");
            throw new AssertionError("it ran");
        } catch (PSQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("SD001");
            return new ObjectMapper()
                    .readTree(e.getServerErrorMessage().getDetail())
                    .required("approval")
                    .asText();
        }
    }

    /** What brings somebody into conflict with a history, or would with a dynamic constraint if that excluded deciders. */
    private void act(Row row) {
        String who = cast.name(row, row.conflicted());
        switch (row.type()) {
            case "history" ->
                assertThat(gateway.psql(who, TARGET)
                                .run("update orders set note = note where id = 2")
                                .err())
                        .isEmpty();
            case "dynamic" ->
                assertThat(gateway.psql(who, TARGET)
                                .run("select count(*) from payments")
                                .err())
                        .isEmpty();
            default -> {
                // it takes no act
            }
        }
    }

    @Test
    void everyRowIsAnsweredAsTheTableSaysAndRefusalsAreKept() {
        var soft = new SoftAssertions();
        var refused = new ArrayList<String>();
        for (Row row : rows) {
            Api caller = cast.caller(row);
            String id = requests.get(row);
            if (row.accepted()) {
                soft.assertThat(
                                Polling.items(caller.read("approvals?state=pending&limit=100&target=" + TARGET))
                                        .stream()
                                        .map(each -> each.required("id").asText()))
                        .as("inbox, %s", row)
                        .contains(id);
            }
            Api.Answer answer = caller.post("approvals/" + id + "/decisions", "{\"decision\":\"approve\"}");
            soft.assertThat(
                            answer.status() == 200
                                    ? "accepted"
                                    : problemOf(answer).replaceFirst("\\d+ ", ""))
                    .as("%s", row)
                    .isEqualTo(row.answer());
            soft.assertThat(gateway.api("carol")
                            .read("approvals/" + id)
                            .json()
                            .required("state")
                            .asText())
                    .as("%s", row)
                    .isEqualTo(row.accepted() ? "approved" : "pending");
            if (!row.accepted()) {
                refused.add(cast.name(row, row.who()) + " decide-approval " + id + " " + row.answer());
            }
        }
        soft.assertAll();
        assertThat(Polling.items(gateway.api("carol").read("evidence/attempts?limit=100")).stream()
                        .map(each -> each.required("name").asText() + " "
                                + each.required("attempt").asText() + " "
                                + each.required("object").asText() + " "
                                + each.required("reason").asText())
                        .toList())
                .containsAll(refused);
    }

    @Test
    void thePortalShowsOneOfEachKind() throws Exception {
        try (Browser browser = new Browser(gateway)) {
            for (Row row : seen) {
                cast.caller(row);
                Page page = browser.signedIn(cast.name(row, row.who()), "/approvals/" + another(row));
                if (row.accepted()) {
                    page.locator("#approve").click();
                    PlaywrightAssertions.assertThat(page.locator("#status"))
                            .containsText("Approved by " + cast.name(row, row.who()));
                } else {
                    PlaywrightAssertions.assertThat(page.locator("#status")).containsText(IN_THE_PORTAL.get(kind(row)));
                    PlaywrightAssertions.assertThat(page.locator("#approve")).hasCount(0);
                }
                Browser.picture(page, "decide-" + kind(row));
            }
        }
    }

    private static String kind(Row row) {
        boolean byGroup = !row.roles().isEmpty() && row.roles().stream().allMatch(role -> role.startsWith("/"));
        return row.answer()
                + (byGroup ? "-group" : "")
                + (row.linked().isEmpty() ? "" : "-linked")
                + (row.delegation().isPresent() ? "-delegate" : "");
    }

    /** Another request like that of a row. */
    private String another(Row row) throws SQLException, IOException {
        String frank = "frank-" + mark;
        boolean person = row.request().equals("person");
        String password = switch (row.request()) {
            case "agent" -> gateway.tokens().ofAgent(cast.agent());
            case "agent-for" -> gateway.tokens().ofPersonThrough(cast.agent(), frank);
            default -> gateway.tokens().ofPerson(frank);
        };
        try (Connection session = gateway.connectWith(
                        person ? frank : cast.agent(), password, TARGET, "options=-c countersign.approval=defer");
                Statement statement = session.createStatement()) {
            String id = deferred(statement, "portal " + row.line());
            shown.put(row, id);
            return id;
        }
    }
}
