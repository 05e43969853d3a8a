package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.Page;
import org.countersign.core.ParameterView;
import org.countersign.core.approval.ApprovalView;
import org.countersign.core.approval.DecisionKind;
import org.countersign.core.approval.RefusalReason;
import org.countersign.core.identity.Caller;
import org.countersign.core.identity.PrincipalView;
import org.countersign.core.policy.ChangeView;
import org.countersign.core.policy.DiffEntry;
import org.countersign.core.recording.CommandView;
import org.countersign.core.recording.SessionView;
import org.countersign.core.risk.RiskView;
import org.countersign.model.policy.StepUp;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.session.Actor;
import org.countersign.model.session.Person;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

/** The names and forms that scripts and users rely on. */
class JsonTest {
    private static final UUID ID = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30Z");
    private static final PrincipalView AGENT =
            new PrincipalView("orders-agent", "agent", Optional.of("alice"), Optional.empty(), List.of("broker"));

    @Test
    void writesAnApproval() {
        var view = new ApprovalView(
                ID,
                ApprovalDesk.State.PENDING,
                AGENT,
                "shop",
                Map.of("env", "prod"),
                List.of(new ApprovalView.CommandToApprove(
                        "update",
                        "update orders set note = $1 where id = $2",
                        List.of(
                                new ParameterView("text", Optional.empty()),
                                new ParameterView("int4", Optional.of("7"))),
                        List.of("sql:update"),
                        List.of("public.orders"),
                        List.of("public.f(), volatile"),
                        Optional.of(12L),
                        "about 12")),
                List.of("agent-writes-need-a-person"),
                "Writes need a person.",
                Optional.of(new RiskView(
                        30,
                        List.of(new RiskView.PartView("no-predicate", 30, "It changes rows without saying which.")))),
                1,
                "people with the role approver",
                List.of(new ApprovalView.StepView("people with the role approver", 2, 1, ApprovalView.StepState.OPEN)),
                new ApprovalView.TermsView(
                        "TICKET-1",
                        true,
                        Optional.of(new StepUp(Duration.ofMinutes(10), Optional.of(Set.of("gold")))),
                        "Mon 22:00-04:00 Europe/Berlin",
                        Optional.empty(),
                        Optional.of(AT.plusSeconds(60)),
                        Optional.empty()),
                List.of(new ApprovalView.DecisionView(
                        "bob", Optional.of("gina"), DecisionKind.APPROVE, 0, "agreed", AT)),
                "sha256:00",
                7,
                OTHER,
                "127.0.0.1:5000",
                "http://localhost:8080/approvals/" + ID,
                AT,
                AT.plusSeconds(900),
                Optional.empty(),
                false,
                "",
                false,
                Optional.of(RefusalReason.SELF_APPROVAL),
                "Whoever answers for the request cannot decide it.");

        JsonObject json = ApprovalJson.of(view);

        assertThat(json.keySet())
                .contains(
                        "id",
                        "state",
                        "principal",
                        "target",
                        "commands",
                        "rules",
                        "quorum",
                        "decisions",
                        "digest",
                        "session",
                        "requestedAt",
                        "expiresAt",
                        "mayDecide",
                        "why",
                        "whyText");
        assertThat(json.getString("state")).isEqualTo("pending");
        assertThat(json.get("principal"))
                .hasToString(
                        "{\"name\":\"orders-agent\",\"kind\":\"agent\",\"owner\":\"alice\",\"onBehalfOf\":null,\"act\":[\"broker\"],\"task\":null}");
        assertThat(json.getJsonArray("commands").getFirst())
                .hasToString("{\"kind\":\"update\",\"text\":\"update orders set note = $1 where id = $2\","
                        + "\"parameters\":[{\"type\":\"text\",\"value\":null},{\"type\":\"int4\",\"value\":\"7\"}],"
                        + "\"actions\":[\"sql:update\"],\"resources\":[\"public.orders\"],"
                        + "\"code\":[\"public.f(), volatile\"],\"estimatedRows\":12,\"estimate\":\"about 12\"}");
        assertThat(json.get("risk"))
                .hasToString("{\"score\":30,\"level\":\"middle\",\"parts\":[{\"factor\":\"no-predicate\",\"points\":30,"
                        + "\"reason\":\"It changes rows without saying which.\"}]}");
        assertThat(json.getJsonArray("decisions").getFirst())
                .hasToString(
                        "{\"by\":\"bob\",\"inPlaceOf\":\"gina\",\"decision\":\"approve\",\"step\":1,\"reason\":\"agreed\",\"at\":\"2026-11-22T10:15:30Z\"}");
        assertThat(json.getJsonArray("steps").getFirst())
                .hasToString("{\"approvers\":\"people with the role"
                        + " approver\",\"quorum\":2,\"given\":1,\"state\":\"open\"}");
        assertThat(json.getBoolean("reasonRequired")).isTrue();
        assertThat(json.get("stepUp")).hasToString("{\"within\":\"PT10M\",\"acr\":[\"gold\"]}");
        assertThat(json.getString("why")).isEqualTo("self-approval");
        assertThat(json.getBoolean("mayDecide")).isFalse();
        assertThat(json.getString("requestedAt")).isEqualTo("2026-11-22T10:15:30Z");
    }

    @Test
    void writesASession() {
        var view = new SessionView(
                ID,
                AGENT,
                "shop",
                "postgresql",
                "127.0.0.1:5000",
                true,
                AT,
                Optional.empty(),
                Optional.empty(),
                12,
                1,
                2,
                true);

        assertThat(SessionJson.of(view))
                .hasToString("{\"id\":\"" + ID + "\",\"principal\":" + PrincipalJson.of(AGENT)
                        + ",\"target\":\"shop\",\"protocol\":\"postgresql\",\"address\":\"127.0.0.1:5000\",\"tls\":true,"
                        + "\"startedAt\":\"2026-11-22T10:15:30Z\",\"endedAt\":null,\"endReason\":null,"
                        + "\"commands\":12,\"denied\":1,\"held\":2,\"mayTerminate\":true}");
    }

    @Test
    void writesACommand() {
        var view = new CommandView(
                ID,
                3,
                "select",
                "select 1",
                List.of(),
                List.of("sql:select"),
                List.of("public.orders"),
                Optional.of("hold"),
                Optional.of("allow"),
                List.of("r"),
                7,
                Optional.of(OTHER),
                Optional.of(new CommandView.DecisionView("approved", List.of("bob"), "", AT)),
                "",
                Optional.empty(),
                "executed",
                5,
                812,
                5,
                AT,
                Optional.of(830L));

        JsonObject json = SessionJson.of(view);

        assertThat(json.keySet())
                .contains(
                        "id",
                        "sequence",
                        "text",
                        "actions",
                        "resources",
                        "verdict",
                        "rules",
                        "policyVersion",
                        "approval",
                        "outcome",
                        "rows",
                        "bytes",
                        "masked",
                        "receivedAt",
                        "durationMicros");
        assertThat(json.getString("verdict")).isEqualTo("hold");
        assertThat(json.getString("approval")).isEqualTo(OTHER.toString());
        assertThat(json.getInt("durationMicros")).isEqualTo(830);
        assertThat(json.get("decision"))
                .hasToString(
                        "{\"state\":\"approved\",\"by\":[\"bob\"],\"reason\":\"\",\"at\":\"2026-11-22T10:15:30Z\"}");
    }

    @Test
    void writesAChange() {
        var view = new ChangeView(
                ID,
                "proposed",
                "erin",
                AT,
                "request",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "wanted",
                Optional.of("T-1"),
                Optional.of(AT),
                Optional.of(3L),
                Optional.of(new ChangeView.Closing(Optional.of("dave"), AT, "no")),
                List.of(DiffEntry.created("Role", "reader", "kind: Role\n")));

        assertThat(ChangeJson.of(view))
                .hasToString("{\"change\":\"" + ID + "\",\"state\":\"proposed\",\"author\":\"erin\","
                        + "\"at\":\"2026-11-22T10:15:30Z\",\"source\":\"request\",\"confirmedBy\":null,"
                        + "\"confirmedAt\":null,\"version\":null,\"reason\":\"wanted\",\"ticket\":\"T-1\","
                        + "\"expiresAt\":\"2026-11-22T10:15:30Z\",\"reverts\":3,\"closedBy\":\"dave\","
                        + "\"closedAt\":\"2026-11-22T10:15:30Z\",\"closedReason\":\"no\",\"diff\":[{\"action\":\"create\",\"kind\":\"Role\",\"name\":\"reader\",\"before\":null,\"after\":\"kind:"
                        + " Role\\n"
                        + "\"}]}");
    }

    @Test
    void writesAPageAndItsCursor() {
        assertThat(PageJson.of(
                        new Page<>(List.of("a"), Optional.of("c")),
                        text -> new Fields().text("x", text).json()))
                .hasToString("{\"items\":[{\"x\":\"a\"}],\"next\":\"c\"}");
        assertThat(PageJson.of(
                        new Page<String>(List.of(), Optional.empty()),
                        text -> new Fields().text("x", text).json()))
                .hasToString("{\"items\":[],\"next\":null}");
    }

    @Test
    void writesTheCallerWithoutHisToken() {
        var principal = new Principal(
                "http://issuer",
                "s-1",
                "orders-agent",
                true,
                Optional.of(new Person("http://issuer", "alice")),
                Optional.empty(),
                List.of(new Actor("s-2", "broker")),
                Set.of("b", "a"),
                Set.of(),
                "orders-agent",
                Optional.empty());

        assertThat(PrincipalJson.of(new Caller(principal, AT)))
                .hasToString("{\"name\":\"orders-agent\",\"kind\":\"agent\",\"owner\":\"alice\",\"onBehalfOf\":null,"
                        + "\"act\":[\"broker\"],\"task\":null,\"issuer\":\"http://issuer\",\"subject\":\"s-1\","
                        + "\"client\":\"orders-agent\",\"realmRoles\":[\"a\",\"b\"],\"groups\":[],"
                        + "\"expiresAt\":\"2026-11-22T10:15:30Z\"}");
    }
}
