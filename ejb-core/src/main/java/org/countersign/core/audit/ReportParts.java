package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.countersign.core.CoreSettings;
import org.countersign.core.InvalidRequestException;
import org.countersign.core.NodeIdentity;
import org.countersign.core.grant.GrantRecords;
import org.countersign.core.grant.GrantView;
import org.countersign.core.identity.Caller;
import org.countersign.core.policy.PolicyBoard;

/** Reads what a printed report takes from the store. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class ReportParts {
    public static final int MAX_PRINTED = 10_000;

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
    private PolicyBoard board;

    @Inject
    private NodeIdentity node;

    @Inject
    private CoreSettings settings;

    @Inject
    private Clock clock;

    /** @throws InvalidRequestException when the period has more than {@link #MAX_PRINTED} of anything: nobody prints those */
    public Report of(Caller caller, Period period) {
        Readers.check(caller);
        EvidenceSummary summary = totals.of(period);
        fits("requests", summary.commands());
        fits("refused attempts", summary.refused());
        List<GrantView> granted = exceptions.between(period.start(), period.end(), MAX_PRINTED + 1);
        fits("grants", granted.size());
        var filter = new EvidenceFilter(period, Optional.empty(), Optional.empty(), MAX_PRINTED, Optional.empty());
        var typed = new TypedWords(caller.principal(), board.current());
        return new Report(
                period,
                clock.instant(),
                caller.principal().name(),
                new Report.Origin(node.name(), settings.portal().toString(), key.id()),
                summary,
                rows.list(filter).stream().map(typed::shown).toList(),
                attempts.list(filter).stream().map(AttemptEntity::view).toList(),
                changes.confirmed(period),
                changes.constraints(period),
                granted);
    }

    private static void fits(String what, long count) {
        if (count > MAX_PRINTED) {
            throw new InvalidRequestException(
                    "from",
                    "the period has more than " + MAX_PRINTED + " " + what
                            + ", the most that is printed; choose a shorter one or take the CSV");
        }
    }
}
