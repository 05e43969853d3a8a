package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.countersign.core.Cursor;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.Page;
import org.countersign.core.grant.GrantRecords;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;

/** The segregation report, for persons who are auditors or administrators. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceService {
    /** Commands in a printed report. */
    public static final int MAX_PRINTED = ReportParts.MAX_PRINTED;

    /** What stands between a report and its signature; no text in a report has such a bracket. */
    private static final String SIGNATURE = "<!--countersign-signature:";

    @Inject
    private EvidenceRows rows;

    @Inject
    private EvidenceTotals totals;

    @Inject
    private Attempts attempts;

    @Inject
    private GrantRecords exceptions;

    @Inject
    private ReportParts parts;

    @Inject
    private PrivilegedCommands privileged;

    @Inject
    private ReportKey key;

    @Inject
    private PolicyBoard board;

    /** Says whether the caller may read the report. */
    public void check(Caller caller) {
        Readers.check(caller);
    }

    public EvidenceSummary summary(Caller caller, Period period) {
        Readers.check(caller);
        return totals.of(period);
    }

    /** Lists privileged commands with everybody who had a hand in them. */
    public Page<EvidenceRow> commands(Caller caller, EvidenceFilter filter) {
        Readers.check(caller);
        var typed = new TypedWords(caller.principal(), board.current());
        return Page.read(filter.limit(), () -> rows.list(filter), typed::shown, row -> new Cursor(row.at(), row.id()));
    }

    /** Lists what somebody wanted to countersign or change and was refused. */
    public Page<AttemptView> attempts(Caller caller, EvidenceFilter filter) {
        Readers.check(caller);
        return Page.read(
                filter.limit(),
                () -> attempts.list(filter),
                AttemptEntity::view,
                view -> new Cursor(view.at(), view.id()));
    }

    /** What somebody had beyond his roles in a period, approved or taken, with its uses and its review; the latest first. */
    public List<GrantView> exceptions(Caller caller, Period period) {
        Readers.check(caller);
        return exceptions.between(period.start(), period.end(), ReportParts.MAX_PRINTED);
    }

    /** As {@link #exceptions(Caller, Period)}, some at a time and only those that are looked for. */
    public Page<GrantView> exceptions(Caller caller, EvidenceFilter filter) {
        Readers.check(caller);
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
     * The report of a period as one signed HTML file. The recordings are read for it outside of a transaction.
     *
     * @throws InvalidRequestException when the period has more than {@link ReportParts#MAX_PRINTED} requests
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public byte[] printed(Caller caller, Period period) {
        Readers.check(caller);
        Report report = parts.of(caller, period);
        byte[] page = new ReportHtml(report, privileged.in(period)).page().getBytes(StandardCharsets.UTF_8);
        byte[] signature = (SIGNATURE + key.sign(page) + "-->\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(page, page.length + signature.length);
        System.arraycopy(signature, 0, whole, page.length, signature.length);
        return whole;
    }

    /** The public key of this gateway's reports, as a JSON Web Key. */
    public String key(Caller caller) {
        Readers.check(caller);
        return key.jwk();
    }
}
