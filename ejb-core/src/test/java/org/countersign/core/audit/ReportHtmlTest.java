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
        String page = new ReportHtml(report(EVIL)).page();

        assertThat(page).contains("&lt;/td&gt;&lt;script&gt;x").doesNotContain("<script>x", "<!--countersign");
    }

    @Test
    void holdsTheSetsThatItsProofRestsOn() {
        assertThat(new ReportHtml(report("shop")).page())
                .contains("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"proof\":\"disjoint\","
                        + "\"responsible\":[\"https://idp alice\"],\"decisions\":[{\"by\":\"bob\","
                        + "\"accounts\":[\"https://idp bob\"],\"requesters\":[\"https://idp alice\"]}]}");
    }

    @Test
    void aSpreadsheetRunsNothing() {
        assertThat(EvidenceCsv.line(row("=HYPERLINK(\"x\")"))).contains(",\"'=HYPERLINK(\"\"x\"\")\",");
    }

    private static Report report(String target) {
        return new Report(
                new Period(Optional.empty(), Optional.empty()),
                Instant.EPOCH,
                "carol",
                "key",
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
                List.of(new Countersignature("bob", "approve", "", Instant.EPOCH, Set.of(BOB), Set.of(ALICE))),
                Optional.empty(),
                target,
                "update",
                List.of(),
                List.of(),
                List.of(),
                1,
                "executed");
    }
}
