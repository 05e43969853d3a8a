package org.countersign.core.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Inject
    private PrivilegedCommands privileged;

    /** Says whether the caller may read the report, before an answer begins. */
    public void check(Caller caller) {
        Readers.check(caller);
    }

    /**
     * Writes every command of the period as comma-separated values: those that people were asked about, newest first, then
     * those that they were not, as the recordings of this node have them.
     */
    public void csv(Caller caller, Period period, OutputStream out) throws IOException {
        write(EvidenceCsv.HEADER, out);
        Optional<String> after = Optional.empty();
        do {
            Page<EvidenceRow> page = evidence.commands(
                    caller, new EvidenceFilter(period, Optional.empty(), Optional.empty(), Page.MAX_ITEMS, after));
            for (EvidenceRow row : page.items()) {
                write(EvidenceCsv.line(row), out);
            }
            after = page.next();
        } while (after.isPresent());
        direct(period, out);
    }

    private void direct(Period period, OutputStream out) throws IOException {
        try {
            List<String> remarks = privileged.each(period, row -> {
                if (!row.held()) {
                    try {
                        write(EvidenceCsv.line(row), out);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            for (String remark : remarks) {
                write(EvidenceCsv.remark(remark), out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(String line, OutputStream out) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
