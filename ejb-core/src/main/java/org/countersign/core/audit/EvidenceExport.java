package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.countersign.core.Page;
import org.countersign.core.identity.Caller;

/** Writes reports of any length. Each page is a transaction of its own: a slow reader holds nothing up. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // set by the container
public class EvidenceExport {
    @Inject
    private EvidenceService evidence;

    /** Says whether the caller may read the report, before an answer begins. */
    public void check(Caller caller) {
        evidence.check(caller);
    }

    /** Writes every command of the period, newest first, as comma-separated values. */
    public void csv(Caller caller, Period period, OutputStream out) throws IOException {
        out.write(EvidenceCsv.HEADER.getBytes(StandardCharsets.UTF_8));
        Optional<String> after = Optional.empty();
        do {
            Page<EvidenceRow> page = evidence.commands(
                    caller, new EvidenceFilter(period, Optional.empty(), Optional.empty(), Page.MAX_ITEMS, after));
            for (EvidenceRow row : page.items()) {
                out.write(EvidenceCsv.line(row).getBytes(StandardCharsets.UTF_8));
            }
            after = page.next();
        } while (after.isPresent());
    }
}
