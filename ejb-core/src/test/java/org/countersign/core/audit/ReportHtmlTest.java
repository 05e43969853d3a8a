package org.countersign.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.countersign.core.audit.EvidenceRow.Countersignature;
import org.countersign.core.identity.PrincipalView;
import org.countersign.model.session.Person;
import org.junit.jupiter.api.Test;

class ReportHtmlTest {
    private static final Person ALICE = new Person("https://idp", "alice");
    private static final Person BOB = new Person("https://idp", "bob");
    private static final String EVIL = "</td><script>x</script><!--countersign-signature:";

    @Test
    void nobodysTextIsMarkupOrASignature() {
        String page = new ReportHtml(report(EVIL), recorded(EVIL)).page();

        assertThat(page).contains("&lt;/td&gt;&lt;script&gt;x").doesNotContain("<script>x", "<!--countersign");
    }

    @Test
    void holdsTheSetsThatItsProofRestsOn() {
        assertThat(new ReportHtml(report("shop"), recorded("shop")).page())
                .contains("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"proof\":\"disjoint\",\"passed\":true,"
                        + "\"responsible\":[\"https://idp alice\"],\"decisions\":[{\"by\":\"bob\","
                        + "\"accounts\":[\"https://idp bob\"],\"requesters\":[\"https://idp alice\"]}]}");
    }

    @Test
    void saysWhyWhoDecidedInWhosePlaceAndWhereTheRecordingIs() {
        assertThat(new ReportHtml(report("shop"), recorded("shop")).page())
                .contains(
                        "bob in place of gina: approve at 1970-01-01 00:00:00Z, &quot;fits&quot;",
                        "<td>the customer called (OPS-1)</td>",
                        "<a href=\"https://portal/sessions/00000000-0000-0000-0000-000000000002\">");
    }

    @Test
    void listsWhatNobodyHadToCountersignAndWhatWasRefusedApart() {
        String page = new ReportHtml(report("shop"), recorded("shop")).page();

        assertThat(between(page, "<h2>Privileged commands", "<h2>Refused attempts"))
                .contains("insert on shop", "<td>writer; 7</td>")
                .doesNotContain("delete on shop", "hold on shop");
        assertThat(between(page, "<h3>Refused commands", "<h2>Changes"))
                .contains("delete on shop", "Whoever changes orders does not release them. (SD004)")
                .doesNotContain("insert on shop", "hold on shop");
    }

    @Test
    void saysLoudlyWhatTheRecordingsDoNotTell() {
        assertThat(new ReportHtml(
                                report("shop"),
                                new PrivilegedView(recorded("shop").rows(), true, 3, Optional.empty()))
                        .page())
                .contains("<strong>There are more: only the latest 3, ", "<strong>3 recorded commands do not say");
        assertThat(new ReportHtml(report("shop"), new PrivilegedView(List.of(), false, 0, Optional.of("segment 2")))
                        .page())
                .contains("<strong>The recordings cannot be read: segment 2.");
    }

    @Test
    void aSpreadsheetRunsNothing() {
        for (String begin : List.of("=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d")) {
            assertThat(EvidenceCsv.line(row(begin + "HYPERLINK(\"x\")")))
                    .contains(",\"'" + begin + "HYPERLINK(\"\"x\"\")\",");
        }
    }

    @Test
    void everyLineOfTheCsvHasEveryColumn() {
        long columns = cells(EvidenceCsv.HEADER);

        assertThat(cells(EvidenceCsv.line(row("shop")))).isEqualTo(columns);
        assertThat(recorded("shop").rows())
                .allSatisfy(row -> assertThat(cells(EvidenceCsv.line(row))).isEqualTo(columns));
    }

    private static long cells(String line) {
        return line.split("\",\"", -1).length;
    }

    private static String between(String page, String from, String to) {
        int start = page.indexOf(from);
        return page.substring(start, page.indexOf(to, start));
    }

    private static PrivilegedView recorded(String target) {
        return new PrivilegedView(
                List.of(
                        recorded("insert", target, "allow", Optional.empty(), ""),
                        recorded("hold", target, "hold", Optional.empty(), ""),
                        recorded(
                                "delete",
                                target,
                                "deny",
                                Optional.of("SD004"),
                                "Whoever changes orders does not release them.")),
                false,
                0,
                Optional.empty());
    }

    private static PrivilegedView.Row recorded(
            String kind, String target, String verdict, Optional<String> sqlState, String message) {
        return new PrivilegedView.Row(
                new UUID(0, 2),
                new UUID(0, 3),
                Instant.EPOCH,
                new PrincipalView("orders-agent", "agent", Optional.of("alice"), Optional.empty(), List.of()),
                Set.of(ALICE),
                target,
                kind,
                List.of("write"),
                List.of(),
                List.of(),
                verdict,
                sqlState,
                message,
                List.of("writer"),
                7,
                "executed",
                "");
    }

    private static Report report(String target) {
        return new Report(
                new Period(Optional.empty(), Optional.empty()),
                Instant.EPOCH,
                "carol",
                new Report.Origin("node-1", "https://portal", "key"),
                new EvidenceSummary(Map.of("executed", 1L), 1, 1, 0, 0, Map.of()),
                List.of(row(target)),
                List.of(),
                List.of(),
                List.of(new ConstraintRow(EVIL, Instant.EPOCH, Optional.empty(), EVIL)),
                List.of());
    }

    private static EvidenceRow row(String target) {
        return new EvidenceRow(
                new UUID(0, 1),
                Instant.EPOCH,
                Optional.empty(),
                new UUID(0, 2),
                new PrincipalView("orders-agent", "agent", Optional.of("alice"), Optional.empty(), List.of()),
                Set.of(ALICE),
                List.of(new Countersignature(
                        "bob", Optional.of("gina"), "approve", "fits", Instant.EPOCH, Set.of(BOB), Set.of(ALICE))),
                Optional.empty(),
                target,
                "update",
                List.of(),
                List.of(),
                List.of(),
                1,
                "executed",
                "the customer called",
                "OPS-1");
    }
}
