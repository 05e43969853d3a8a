package org.countersign.portal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.audit.AttemptView;
import org.countersign.core.audit.EvidenceExport;
import org.countersign.core.audit.EvidenceFilter;
import org.countersign.core.audit.EvidenceRow;
import org.countersign.core.audit.EvidenceService;
import org.countersign.core.audit.EvidenceSummary;
import org.countersign.core.audit.Period;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.model.session.Principal;
import org.countersign.portal.audit.ReportPresenter.Closed;
import org.countersign.portal.audit.ReportPresenter.Search;
import org.countersign.portal.audit.ReportPresenter.Shown;
import org.junit.jupiter.api.Test;

class ReportPresenterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final FakeEvidence evidence = new FakeEvidence();
    private final ReportPresenter presenter = new ReportPresenter(
            evidence, new EvidenceExport(), ReportPresenterTest::carol, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void showsTheLastThirtyDaysWhenNobodySaysWhich() {
        Search search = presenter.search("", "yesterday", " orders-agent ", "");

        assertThat(search)
                .isEqualTo(
                        new Search(LocalDate.parse("2026-10-23"), LocalDate.parse("2026-11-22"), "orders-agent", ""));
    }

    @Test
    void countsTheLastDayInAndSearchesForWhoIsNamed() {
        assertThat(presenter.read(presenter.search("2026-11-01", "2026-11-02", "bob", "")))
                .isInstanceOf(Shown.class);

        assertThat(evidence.asked.period())
                .isEqualTo(new Period(
                        Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-11-03T00:00:00Z"))));
        assertThat(evidence.asked.principal()).contains("bob");
        assertThat(evidence.asked.target()).isEmpty();
        assertThat(evidence.askedExceptions).isEqualTo(evidence.asked);
    }

    @Test
    void offersNothingToPrintThatWouldBeRefused() {
        evidence.commands = EvidenceService.MAX_PRINTED;
        assertThat(shown().unprintable()).isEmpty();
        evidence.commands++;
        assertThat(shown().unprintable()).startsWith("10001 commands are more than the 10000 of a printable report");
    }

    private Shown shown() {
        return (Shown) presenter.read(presenter.search("", "", "", ""));
    }

    @Test
    void saysWhyThereIsNoReport() {
        assertThat(presenter.read(presenter.search("2026-11-03", "2026-11-01", "", "")))
                .isEqualTo(new Closed("the period ends before it begins"));
        evidence.closed = true;
        assertThat(presenter.read(presenter.search("", "", "", ""))).isEqualTo(new Closed("Auditors only."));
    }

    private static Caller carol() {
        var principal = new Principal(
                "https://issuer",
                "id-of-carol",
                "carol",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of("auditor"),
                Set.of(),
                "countersign-portal",
                Optional.empty());
        return new Caller(principal, NOON);
    }

    private static final class FakeEvidence extends EvidenceService {
        private EvidenceFilter asked = new EvidenceFilter(
                new Period(Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty());
        private EvidenceFilter askedExceptions = asked;
        private long commands;
        private boolean closed;

        @Override
        public EvidenceSummary summary(Caller caller, Period period) {
            if (closed) {
                throw new NotAllowedException("Auditors only.");
            }
            return new EvidenceSummary(Map.of("executed", commands), 0, 0, 0, 0, Map.of());
        }

        @Override
        public Page<GrantView> exceptions(Caller caller, EvidenceFilter filter) {
            askedExceptions = filter;
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public Page<EvidenceRow> commands(Caller caller, EvidenceFilter filter) {
            asked = filter;
            return new Page<>(List.of(), Optional.empty());
        }

        @Override
        public Page<AttemptView> attempts(Caller caller, EvidenceFilter filter) {
            return new Page<>(List.of(), Optional.empty());
        }
    }
}
