package org.countersign.connector.postgres;

import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.wire.postgres.Diagnostic;

/** What the server would say about a text that is no sequence of tokens. */
final class LexErrors {
    private LexErrors() {}

    /** A text that is too long to be looked at is no mistake of the client's. */
    static Finding finding(LexException e, String sql) {
        return sql.length() > SqlLexer.MAX_CHARACTERS
                ? Finding.Unreadable.because("unknown", String.valueOf(e.getMessage()))
                : new Finding.Mistaken(diagnostic(e));
    }

    private static Diagnostic diagnostic(LexException e) {
        return Diagnostic.of("ERROR", "42601", String.valueOf(e.getMessage()))
                .with(Diagnostic.POSITION, Integer.toString(e.offset() + 1));
    }
}
