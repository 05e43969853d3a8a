package org.countersign.connector.postgres;

import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.wire.postgres.Diagnostic;

/** What the server would say about a text that is no sequence of tokens. */
final class LexErrors {
    private LexErrors() {}

    static Diagnostic diagnostic(LexException e) {
        return Diagnostic.of("ERROR", "42601", String.valueOf(e.getMessage()))
                .with(Diagnostic.POSITION, Integer.toString(e.offset() + 1));
    }
}
