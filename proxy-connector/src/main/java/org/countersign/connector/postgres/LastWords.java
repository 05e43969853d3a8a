package org.countersign.connector.postgres;

import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * What the client hears when the target ends the session: the target's own condition where it is one of its running,
 * in words of ours, for the target's could quote anything.
 */
final class LastWords {
    private LastWords() {}

    /** @param said the target's last error, or its warning before it went; absent when it went without a word */
    static ErrorResponse of(@Nullable Diagnostic said) {
        String sqlState = said == null ? "" : said.sqlState();
        return switch (sqlState) {
            case "57P01" -> fatal(sqlState, "terminating connection due to administrator command");
            case "57P02" -> fatal(sqlState, "terminating connection because of crash of another server process");
            case "57P03" -> fatal(sqlState, "the database system is not accepting connections");
            case "57P04" -> fatal(sqlState, "terminating connection because the database was dropped");
            case "57P05" -> fatal(sqlState, "terminating connection due to idle-session timeout");
            case "25P03" -> fatal(sqlState, "terminating connection due to idle-in-transaction timeout");
            case "25P04" -> fatal(sqlState, "terminating connection due to transaction timeout");
            case "40001" -> fatal(sqlState, "terminating connection due to conflict with recovery");
            case "53300" -> fatal(sqlState, "the target has no connection left");
            default ->
                fatal(CountersignError.TARGET_UNREACHABLE.sqlState(), "The target closed the connection unexpectedly.");
        };
    }

    private static ErrorResponse fatal(String sqlState, String message) {
        Diagnostic diagnostic = PostgresErrors.fatal(sqlState, message).diagnostic();
        return new ErrorResponse(
                diagnostic.with(Diagnostic.HINT, "Connect again; what ran last without an answer may have happened."));
    }
}
