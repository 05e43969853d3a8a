package org.countersign.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a command would do, asked by REST, on the command line and in the portal; nothing of it runs. */
@ExtendWith(RunningGateway.class)
class ExplainSystemTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WRITE = "update orders set note = 'explained' where id = 240";
    private static final Pattern SAMPLE = Pattern.compile(
            "\\$ ./countersign explain --target shop --as orders-agent \"(?<sql>[^\"]+)\"\\n(?<printed>[^`]+)```");
    private final Gateway gateway;

    ExplainSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    /** What is known about others is what their last sign-in said. */
    @BeforeAll
    static void everybodyWasHere(Gateway gateway) {
        var question = JSON.createObjectNode()
                .put("target", "shop")
                .put("principal", "orders-agent")
                .put("text", WRITE);
        JsonNode before =
                gateway.api("erin").post("explain", question.toString()).json();
        assertThat(before.required("verdict").asText()).isEqualTo("hold");
        // another class may have signed it in already
        assertThat(before.required("stranger").asBoolean())
                .isEqualTo(before.required("signedInAt").isNull());
        assertThat(gateway.psql("orders-agent", "shop").run("select 1").rows()).containsExactly("1");
        assertThat(gateway.psql("support-agent", "shop").run("select 1").rows()).containsExactly("1");
    }

    private Api.Answer explain(String caller, String principal, String target, String sql) {
        var body = JSON.createObjectNode().put("target", target).put("text", sql);
        if (!principal.isEmpty()) {
            body.put("principal", principal);
        }
        return gateway.api(caller).post("explain", body.toString());
    }

    private JsonNode explained(String caller, String principal, String sql) {
        Api.Answer answer = explain(caller, principal, "shop", sql);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aWriteThatWouldBeHeldIsNotWrittenAndAsksNobody() {
        JsonNode held = explained("erin", "orders-agent", WRITE);

        assertThat(held.required("verdict").asText()).isEqualTo("hold");
        assertThat(held.required("ask").asText()).contains("one person", "approver");
        assertThat(held.required("signedInAt").isNull()).isFalse();
        JsonNode rule = held.required("rules").get(0);
        assertThat(rule.required("name").asText()).isEqualTo("agent-writes-need-a-person");
        assertThat(rule.required("decided").asBoolean()).isTrue();
        JsonNode statement = held.required("statements").get(0);
        assertThat(statement.required("kind").asText()).isEqualTo("update");
        assertThat(statement.required("written").get(0).required("name").asText())
                .isEqualTo("public.orders.note");
        assertThat(statement.required("accesses").findValuesAsText("action")).contains("sql:update", "sql:select");
        assertThat(gateway.psql("support-agent", "shop")
                        .run("select count(*) from orders where note = 'explained'")
                        .rows())
                .containsExactly("0");
        assertThat(gateway.api("carol").read("approvals?state=pending").body()).doesNotContain("explained");
    }

    @Test
    void aReadIsShownWithItsMasksAndWhereItsColumnsComeFrom() {
        JsonNode read = explained(
                "support-agent",
                "",
                "select c.id, c.email as mail, upper(o.sku) from customers c join orders o on"
                        + " o.customer_id = c.id where o.id < $1");

        assertThat(read.required("verdict").asText()).isEqualTo("allow");
        assertThat(read.required("signedInAt").isNull()).isTrue();
        JsonNode outputs = read.required("statements").get(0).required("outputs");
        assertThat(outputs.findValuesAsText("label")).containsExactly("id", "mail", "upper");
        assertThat(outputs.get(1).required("mask").asText()).isEqualTo("partial");
        JsonNode source = outputs.get(1).required("sources").get(0);
        assertThat(source.required("name").asText()).isEqualTo("public.customers.email");
        assertThat(source.required("classes").get(0).asText()).isEqualTo("email");
        assertThat(outputs.get(2).required("mask").asText()).isEqualTo("clear");
    }

    @Test
    void theVerdictIsTheOneThatTheCommandGets() {
        for (String sql : List.of(
                "select * from payments",
                "select id from customers where card_number like '4%'",
                "select table_to_xml('customers', true, true, '')",
                "drop table orders",
                "select pg_sleep(3600)")) {
            JsonNode told = explained("support-agent", "", sql);
            Psql.Result sent = gateway.psql("support-agent", "shop").run(sql);

            assertThat(told.required("verdict").asText()).as(sql).isEqualTo("deny");
            assertThat(sent.err())
                    .contains(told.required("sqlState").asText())
                    .contains(told.required("message").asText())
                    .contains(told.required("ask").asText());
        }
    }

    @Test
    void aMistakeIsToldWithItsPlace() {
        JsonNode mistake = explained("frank", "", "select nothing_of_this from orders");

        assertThat(mistake.required("verdict").asText()).isEqualTo("error");
        assertThat(mistake.required("sqlState").asText()).isEqualTo("42703");
        assertThat(mistake.required("position").asInt()).isEqualTo(8);
        assertThat(mistake.required("message").asText()).contains("nothing_of_this");
    }

    @Test
    void onlyAdministratorsAndAuditorsAskAboutOthers() {
        assertThat(explain("frank", "orders-agent", "shop", "select 1").status())
                .isEqualTo(403);
        assertThat(explain("bob", "orders-agent", "shop", "select 1").status()).isEqualTo(403);
        assertThat(explain("orders-agent", "support-agent", "shop", "select 1").status())
                .isEqualTo(403);
        assertThat(explained("carol", "orders-agent", "select 1")
                        .required("verdict")
                        .asText())
                .isEqualTo("allow");
    }

    @Test
    void whatCannotBeExplainedIsSaid() {
        assertThat(explain("frank", "", "nowhere", "select 1").status()).isEqualTo(404);
        assertThat(explain("bob", "", "shop", "select 1").body())
                .contains("There is no target of this name on which bob has a role.");
        Api.Answer unknown = explain("erin", "nobody-of-this-name", "shop", "select 1");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body())
                .contains("nobody of the name nobody-of-this-name has ever opened a session here and no role names it");
        assertThat(explain("frank", "", "shop", " ").status()).isEqualTo(400);
        assertThat(gateway.api("frank")
                        .post("explain", "{\"target\":\"shop\",\"sql\":\"select 1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(gateway.apiWith("").post("explain", "{}").status()).isEqualTo(401);
    }

    @Test
    void theQuestionIsRecordedAsASessionOfTheOneWhoAsked() {
        String sql = "select id from orders where note = 'who asked'";
        String session =
                explained("erin", "orders-agent", sql).required("session").asText();
        Api carol = gateway.api("carol");

        JsonNode index = carol.read("sessions/" + session).json();
        assertThat(index.required("principal").required("name").asText()).isEqualTo("erin");
        assertThat(index.required("protocol").asText()).isEqualTo("explain");
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> carol.read("sessions/" + session + "/recording").body(),
                        lines -> lines.contains("session-closed"));
        String recording = carol.read("sessions/" + session + "/recording").body();
        assertThat(recording.lines().findFirst().orElseThrow())
                .contains("\"principal\":{\"name\":\"erin\"", "\"explainedAs\":{\"name\":\"orders-agent\"");
        assertThat(recording).contains("who asked", "\"outcome\":\"explained\"");
        assertThat(carol.read("sessions?principal=orders-agent&limit=200").body())
                .doesNotContain(session);
    }

    @Test
    void theCommandPrintsItForPeopleAndForPrograms() {
        Map<String, String> token = Map.of("TOKEN", gateway.token("erin"));
        var text = RunningGateway.countersign(
                gateway.home(),
                gateway.offset(),
                token,
                "explain",
                "--target",
                "shop",
                "--as",
                "orders-agent",
                "--token-from",
                "env:TOKEN",
                WRITE);
        assertThat(text.exit()).as(text.text()).isZero();
        assertThat(text.text())
                .startsWith("verdict: hold\n")
                .contains("* approve by guardrail agent-writes-need-a-person")
                .contains("  sql:update on public.orders (note) - given by orders-writer\n")
                .contains("\nwritten: public.orders.note\n");
    }

    @Test
    void theGuideShowsWhatTheCommandPrints() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guide", "cli.md"));
        Matcher sample = SAMPLE.matcher(guide);
        assertThat(sample.find()).isTrue();
        var text = RunningGateway.countersign(
                gateway.home(),
                gateway.offset(),
                Map.of("TOKEN", gateway.token("erin")),
                "explain",
                "--target",
                "shop",
                "--as",
                "orders-agent",
                "--token-from",
                "env:TOKEN",
                sample.group("sql"));
        assertThat(lasting(text.text())).isEqualTo(lasting(sample.group("printed")));
    }

    /** Without what is another one each time. */
    private static String lasting(String printed) {
        return printed.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("policy version \\d+", "policy version N");
    }

    @Test
    void thePortalShowsIt() {
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("erin", "/explain/shop/orders-agent");
            filledIn(page);
            page.navigate(gateway.portalUrl() + "/explain");
            assertThat(page.locator("#target input")).hasValue("");
            page.navigate(gateway.portalUrl() + "/explain?target=shop&as=orders-agent");
            filledIn(page);
            page.fill("#text textarea", "select id, email, card_number from customers where id = 7; " + WRITE);
            page.click("#explain");
            assertThat(page.locator("#verdict")).containsText("It would wait for approval");
            assertThat(page.getByText("agent-writes-need-a-person").first()).isVisible();
            assertThat(page.getByText("public.customers.card_number (pan)").first())
                    .isVisible();
            assertThat(page.getByText("first6last4").first()).isVisible();
            page.setViewportSize(1280, 2000);
            Browser.picture(page, "explain-hold");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Browser.picture(page, "explain-hold-dark");
            page.setViewportSize(420, 3000);
            // what is too wide scrolls in its frame, never the page
            page.waitForFunction("() => (p => p.scrollWidth <= p.clientWidth)(document.querySelector('.page'))");
            Browser.picture(page, "explain-hold-dark-narrow");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            Browser.picture(page, "explain-hold-narrow");
            page.setViewportSize(1280, 900);
            page.fill("#text textarea", "select * from payments");
            page.click("#explain");
            assertThat(page.locator("#verdict")).containsText("It would be denied");
            Browser.picture(page, "explain-deny");
        }
        try (Browser browser = new Browser(gateway)) {
            Page page = browser.signedIn("frank", "/explain");
            assertThat(page.locator("#principal")).not().isVisible();
            page.fill("#target input", "shop");
            page.fill("#text textarea", "selec 1");
            page.click("#explain");
            assertThat(page.locator("#verdict")).containsText("It is at character 1 of the text.");
        }
    }

    private static void filledIn(Page page) {
        assertThat(page.locator("#target input")).hasValue("shop");
        assertThat(page.locator("#principal input")).hasValue("orders-agent");
    }
}
