package org.countersign.portal.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.countersign.core.audit.EvidenceExport;
import org.countersign.core.audit.EvidenceService;
import org.countersign.core.audit.EvidenceSummary;
import org.countersign.portal.audit.ReportPresenter.Closed;
import org.countersign.portal.audit.ReportPresenter.Search;
import org.countersign.portal.audit.ReportPresenter.Shown;
import org.countersign.portal.shell.MainLayout;
import org.countersign.portal.shell.SignedIn;
import org.countersign.portal.ui.Callout;
import org.countersign.portal.ui.EmptyState;
import org.countersign.portal.ui.Facts;
import org.countersign.portal.ui.PageHeader;
import org.countersign.portal.ui.Panel;
import org.countersign.portal.ui.Symbol;
import org.countersign.portal.ui.Tone;

/** Who asked, who agreed and who tried in vain, with the proof. The search is in the address, so it can be sent to somebody. */
@Route(value = "report", layout = MainLayout.class)
@PageTitle("Segregation report – Countersign")
public class ReportPage extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String ABOUT =
            "Every countersigned command with who asked and who agreed, and the proof that those are different persons.";

    private final transient ReportPresenter presenter;
    private final TextField from = new TextField("From");
    private final TextField to = new TextField("To, included");
    private final TextField principal = new TextField("Who asked or tried");
    private final TextField target = new TextField("Target");
    private final Div content = new Div();
    private final Anchor printable = download("Printable, signed", "segregation-report.html", "text/html");
    private final Anchor csv = download("CSV", "segregation-report.csv", "text/csv");
    private final Anchor key = download("Public key", "countersign-report-key.json", "application/json");
    private transient Search search;

    @Inject
    public ReportPage(SignedIn signedIn, EvidenceService evidence, EvidenceExport export) {
        presenter = new ReportPresenter(evidence, export, signedIn::caller, Clock.systemUTC());
        search = presenter.search("", "", "", "");
        addClassName("page");
        content.addClassName("report");
        add(new PageHeader("Segregation report", ABOUT, printable, csv, key), filters(), content);
    }

    /** What would only fail is not offered. */
    private void downloads(boolean any, boolean print) {
        printable.setVisible(any && print);
        csv.setVisible(any);
        key.setVisible(any);
    }

    private Anchor download(String text, String file, String type) {
        var anchor = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] bytes = bytes(file);
                    return new DownloadResponse(new ByteArrayInputStream(bytes), file, type, bytes.length);
                }),
                text);
        anchor.addClassName("quiet");
        anchor.getElement().setAttribute("download", file);
        return anchor;
    }

    private byte[] bytes(String file) throws java.io.IOException {
        if (file.endsWith(".html")) {
            return presenter.printed(search);
        }
        if (file.endsWith(".json")) {
            return presenter.key().getBytes(StandardCharsets.UTF_8);
        }
        var out = new java.io.ByteArrayOutputStream();
        presenter.csv(search, out);
        return out.toByteArray();
    }

    private Div filters() {
        for (TextField day : new TextField[] {from, to}) {
            day.setPlaceholder("2026-11-01");
            day.setHelperText("a day of UTC");
            day.setAllowedCharPattern("[0-9-]");
        }
        principal.setPlaceholder("orders-agent");
        target.setPlaceholder("shop");
        var filters = new Div(from, to, principal, target, new Button("Show", click -> searchAgain()));
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "search");
        return filters;
    }

    private void searchAgain() {
        UI.getCurrent()
                .navigate(
                        "report",
                        QueryParameters.simple(Map.of(
                                "from", from.getValue(),
                                "to", to.getValue(),
                                "principal", principal.getValue(),
                                "target", target.getValue())));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        search = presenter.search(
                query.getSingleParameter("from").orElse(""),
                query.getSingleParameter("to").orElse(""),
                query.getSingleParameter("principal").orElse(""),
                query.getSingleParameter("target").orElse(""));
        from.setValue(search.from().toString());
        to.setValue(search.to().toString());
        principal.setValue(search.principal());
        target.setValue(search.target());
        show();
    }

    private void show() {
        content.removeAll();
        switch (presenter.read(search)) {
            case Closed closed -> {
                downloads(false, false);
                content.add(new EmptyState(Symbol.LOST, "No report", closed.reason()));
            }
            case Shown shown -> {
                downloads(true, shown.unprintable().isEmpty());
                content.add(proof(shown.summary()), totals(shown));
                content.add(commands(shown), exceptions(shown), attempts(shown));
            }
        }
    }

    private Component commands(Shown shown) {
        return shown.commands().items().isEmpty()
                ? new EmptyState(
                        Symbol.APPROVALS,
                        "Nothing was countersigned",
                        "No command of this period needed a person, as far as these filters go.")
                : new PagedTable<>(
                                "Countersigned commands",
                                List.of("When", "Who asked", "Who answers for it", "Decided by", "What", "Proof"),
                                ReportRows::command,
                                cursor -> presenter.more(search, cursor))
                        .of(shown.commands());
    }

    private Component exceptions(Shown shown) {
        return shown.exceptions().items().isEmpty()
                ? new Panel(
                        "Exceptions and their reviews",
                        new Paragraph("Nobody asked for a role for a time, and nobody broke the glass."))
                : new PagedTable<>(
                                "Exceptions and their reviews",
                                List.of("When", "Who", "Had", "Why", "Used", "Approved or reviewed"),
                                ReportRows::exception,
                                cursor -> presenter.moreExceptions(search, cursor))
                        .of(shown.exceptions());
    }

    private Component attempts(Shown shown) {
        return shown.attempts().items().isEmpty()
                ? new Panel("Refused attempts", new Paragraph("None in this period."))
                : new PagedTable<>(
                                "Refused attempts",
                                List.of("When", "Who", "Wanted to", "Was told"),
                                ReportRows::attempt,
                                cursor -> presenter.moreAttempts(search, cursor))
                        .of(shown.attempts());
    }

    private static Callout proof(EvidenceSummary summary) {
        if (summary.shared() > 0) {
            return new Callout(
                    summary.shared() + " decisions have somebody on both sides",
                    "The sets of accounts that were stored with them meet. Look at the rows marked «shared».",
                    Tone.BAD);
        }
        if (summary.decisions() == 0) {
            return new Callout("Nobody decided anything in this period", "", Tone.NEUTRAL);
        }
        return new Callout(
                "Nobody countersigned himself",
                summary.disjoint() + " of " + summary.decisions()
                        + " decisions are proved: their stored sets of accounts have nobody in common."
                        + (summary.unproved() > 0
                                ? " " + summary.unproved() + " are older than the sets and are not proved."
                                : ""),
                summary.unproved() > 0 ? Tone.WAITING : Tone.GOOD);
    }

    private static Facts totals(Shown shown) {
        Facts totals = new Facts()
                .with("Commands", counts(shown.summary().outcomes()))
                .with("Refused attempts", counts(shown.summary().attempts()));
        return shown.unprintable().isEmpty() ? totals : totals.with("Not printable", shown.unprintable());
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(" · "));
    }
}
