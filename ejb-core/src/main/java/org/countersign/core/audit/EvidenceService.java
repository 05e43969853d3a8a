package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.countersign.core.Cursor;
import org.countersign.core.NotAllowedException;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;

/** The segregation report, for persons who are auditors or administrators. */
@Stateless
@PermitAll
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceService {
    @Inject
    private EvidenceRows rows;

    @Inject
    private EvidenceTotals totals;

    @Inject
    private Attempts attempts;

    public EvidenceService() {}

    EvidenceService(EvidenceRows rows, EvidenceTotals totals, Attempts attempts) {
        this.rows = rows;
        this.totals = totals;
        this.attempts = attempts;
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

    private static void reader(Caller caller) {
        if (caller.machine() || !(caller.has("auditor") || caller.has("admin"))) {
            throw new NotAllowedException("Only auditors and administrators may read the report.");
        }
    }
}
