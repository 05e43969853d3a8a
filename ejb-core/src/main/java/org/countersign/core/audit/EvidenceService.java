package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.grant.GrantRecords;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;

/** The segregation report, for persons who are auditors or administrators. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceService {
    /** Commands in a printed report. */
    public static final int MAX_PRINTED = 10_000;

    /** What stands between a report and its signature; no text in a report has such a bracket. */
    private static final String SIGNATURE = "<!--countersign-signature:";

    @Inject
    private EvidenceRows rows;

    @Inject
    private EvidenceTotals totals;

    @Inject
    private Attempts attempts;

    @Inject
    private EvidenceChanges changes;

    @Inject
    private GrantRecords exceptions;

    @Inject
    private ReportKey key;

    @Inject
    private Clock clock;

    /** Says whether the caller may read the report. */
    public void check(Caller caller) {
        reader(caller);
    }

    public EvidenceSummary summary(Caller caller, Period period) {
        reader(caller);
        return totals.of(period);
    }

    /** Lists privileged commands with everybody who had a hand in them. */
    public Page<EvidenceRow> commands(Caller caller, EvidenceFilter filter) {
        reader(caller);
        return Page.read(
                filter.limit(), () -> rows.list(filter), Function.identity(), row -> new Cursor(row.at(), row.id()));
    }

    /** Lists what somebody wanted to countersign or change and was refused. */
    public Page<AttemptView> attempts(Caller caller, EvidenceFilter filter) {
        reader(caller);
        return Page.read(
                filter.limit(),
                () -> attempts.list(filter),
                AttemptEntity::view,
                view -> new Cursor(view.at(), view.id()));
    }

    /** What somebody had beyond his roles in a period, approved or taken, with its uses and its review; the latest first. */
    public List<GrantView> exceptions(Caller caller, Period period) {
        reader(caller);
        return exceptions.between(period.start(), period.end(), MAX_PRINTED);
    }

    /** As {@link #exceptions(Caller, Period)}, some at a time and only those that are looked for. */
    public Page<GrantView> exceptions(Caller caller, EvidenceFilter filter) {
        reader(caller);
        return Page.read(
                filter.limit(),
                () -> exceptions.list(
                        filter.period().from(),
                        filter.period().to(),
                        filter.principal(),
                        filter.target(),
                        filter.after(),
                        filter.limit()),
                Function.identity(),
                view -> new Cursor(view.requestedAt(), view.id()));
    }

    /**
     * The report of a period as one signed HTML file.
     *
     * @throws InvalidRequestException when the period has more than {@link #MAX_PRINTED} commands: nobody prints those
     */
    public byte[] printed(Caller caller, Period period) {
        reader(caller);
        EvidenceSummary summary = totals.of(period);
        if (summary.commands() > MAX_PRINTED) {
            throw new InvalidRequestException(
                    "from",
                    "the period has " + summary.commands() + " commands, a printed report at most " + MAX_PRINTED
                            + "; choose a shorter one or take the CSV");
        }
        var filter = new EvidenceFilter(period, Optional.empty(), Optional.empty(), MAX_PRINTED, Optional.empty());
        var report = new Report(
                period,
                clock.instant(),
                caller.principal().name(),
                key.id(),
                summary,
                rows.list(filter),
                attempts.list(filter).stream().map(AttemptEntity::view).toList(),
                changes.confirmed(period),
                changes.constraints(period),
                exceptions.between(period.start(), period.end(), MAX_PRINTED));
        byte[] page = new ReportHtml(report).page().getBytes(StandardCharsets.UTF_8);
        byte[] signature = (SIGNATURE + key.sign(page) + "-->\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(page, page.length + signature.length);
        System.arraycopy(signature, 0, whole, page.length, signature.length);
        return whole;
    }

    /** The public key of this gateway's reports, as a JSON Web Key. */
    public String key(Caller caller) {
        reader(caller);
        return key.jwk();
    }

    private static void reader(Caller caller) {
        if (caller.machine() || !(caller.has("auditor") || caller.has("admin"))) {
            throw new NotAllowedException("Only auditors and administrators may read the report.");
        }
    }
}
