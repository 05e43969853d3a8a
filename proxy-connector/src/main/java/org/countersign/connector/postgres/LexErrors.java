package org.countersign.connector.postgres;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.Diagnostic;

/** Texts that are no statements: what the server would say about them, and those that are too long to be looked at. */
final class LexErrors {
    private static final int MAX_BYTES_OF_CHARACTER = 3;

    private LexErrors() {}

    /** The statements of a text. */
    static List<Piece> split(Talk talk, String sql) throws LexException {
        int limit = talk.session.surroundings().limits().statementBytes();
        if ((long) sql.length() * MAX_BYTES_OF_CHARACTER > limit) {
            int bytes = ByteBufUtil.utf8Bytes(sql);
            if (bytes > limit) {
                talk.session.surroundings().metrics().count(Metric.STATEMENTS_TOO_LARGE);
                throw LexException.tooLong(bytes, limit);
            }
        }
        return SqlLexer.split(sql);
    }

    /** A text that is too long is no mistake of the client's. */
    static Finding finding(LexException e, String sql) {
        return e.tooLong()
                ? new Finding.Unreadable(
                        "unknown",
                        CountersignError.LIMIT_EXCEEDED,
                        String.valueOf(e.getMessage()),
                        "Send long values as parameters, or the work in several statements.")
                : new Finding.Mistaken(diagnostic(e, sql));
    }

    private static Diagnostic diagnostic(LexException e, String sql) {
        return Diagnostic.of("ERROR", "42601", e.reason() + " at or near \"" + sql.substring(e.offset()) + "\"")
                .with(Diagnostic.POSITION, Integer.toString(sql.codePointCount(0, e.offset()) + 1));
    }
}
