package org.countersign.portal.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.countersign.core.InvalidRequestException;
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

/** Reads the segregation report of some days. */
public final class ReportPresenter {
    private static final int PAGE = 50;
    private static final int DAYS = 30;

    private final EvidenceService evidence;
    private final EvidenceExport export;
    private final Supplier<Caller> caller;
    private final Clock clock;

    public ReportPresenter(EvidenceService evidence, EvidenceExport export, Supplier<Caller> caller, Clock clock) {
        this.evidence = evidence;
        this.export = export;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * What the reader wants to see. Days are days of UTC, as in the printed report.
     *
     * @param to the last day, included
     * @param principal exact name, or blank
     */
    public record Search(LocalDate from, LocalDate to, String principal, String target) {
        Period period() {
            return new Period(
                    Optional.of(from.atStartOfDay().toInstant(ZoneOffset.UTC)),
                    Optional.of(to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
        }
    }

    /** What there is to see. */
    public sealed interface Content {}

    /** @param summary of the whole period, whoever is searched for */
    public record Shown(
            EvidenceSummary summary, Page<EvidenceRow> commands, Page<GrantView> exceptions, Page<AttemptView> attempts)
            implements Content {
        /** Why the period cannot be printed; empty when it can. */
        public String unprintable() {
            return summary.commands() > EvidenceService.MAX_PRINTED
                    ? summary.commands() + " commands are more than the " + EvidenceService.MAX_PRINTED
                            + " of a printable report: choose a shorter period, or take the CSV."
                    : "";
        }
    }

    /** @param reason written for the reader */
    public record Closed(String reason) implements Content {}

    /** The search as an address has it; what is missing or unreadable is the last 30 days. */
    public Search search(String from, String to, String principal, String target) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate end = day(to).orElse(today);
        return new Search(day(from).orElse(end.minusDays(DAYS)), end, principal.strip(), target.strip());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public Content read(Search search) {
        try {
            Caller who = caller.get();
            return new Shown(
                    evidence.summary(who, search.period()),
                    evidence.commands(who, filter(search, Optional.empty())),
                    evidence.exceptions(who, filter(search, Optional.empty())),
                    evidence.attempts(who, filter(search, Optional.empty())));
        } catch (NotAllowedException | InvalidRequestException e) {
            return new Closed(String.valueOf(e.getMessage()));
        }
    }

    public Page<EvidenceRow> more(Search search, String after) {
        return evidence.commands(caller.get(), filter(search, Optional.of(after)));
    }

    public Page<GrantView> moreExceptions(Search search, String after) {
        return evidence.exceptions(caller.get(), filter(search, Optional.of(after)));
    }

    public Page<AttemptView> moreAttempts(Search search, String after) {
        return evidence.attempts(caller.get(), filter(search, Optional.of(after)));
    }

    public void csv(Search search, OutputStream out) throws IOException {
        export.csv(caller.get(), search.period(), out);
    }

    /** The signed file. */
    public byte[] printed(Search search) {
        return evidence.printed(caller.get(), search.period());
    }

    public String key() {
        return evidence.key(caller.get());
    }

    private static EvidenceFilter filter(Search search, Optional<String> after) {
        return new EvidenceFilter(search.period(), text(search.principal()), text(search.target()), PAGE, after);
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
