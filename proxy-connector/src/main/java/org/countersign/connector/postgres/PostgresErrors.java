package org.countersign.connector.postgres;

import java.util.Optional;
import java.util.UUID;
import org.countersign.connector.intercept.JsonText;
import org.countersign.connector.intercept.Passage;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Allowance.Overdrawn;
import org.countersign.model.port.ApprovalDesk;
import org.countersign.model.session.SessionId;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.Diagnostic;

/** Verdicts and failures in PostgreSQL's words: MESSAGE for people, DETAIL as JSON for programs, HINT for what to do. */
final class PostgresErrors {
    static final String PROTOCOL_VIOLATION = "08P01";
    static final String IN_FAILED_TRANSACTION = "25P02";
    static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String WARNING = "01000";
    private final SessionId session;

    PostgresErrors(SessionId session) {
        this.session = session;
    }

    ErrorResponse closed(Passage.Closed closed, UUID command) {
        var json = new JsonText()
                .put("verdict", closed.verdict())
                .put("rule", String.join(",", closed.rules()))
                .put("session", session.toString())
                .put("command", command.toString());
        closed.approval().ifPresent(approval -> json.put("approval", approval.toString()));
        closed.url().ifPresent(url -> json.put("url", url));
        return error(closed.error().sqlState(), closed.message(), json.text(), closed.hint());
    }

    /** A refusal that is no verdict of the policy. */
    ErrorResponse refused(CountersignError error, String message, String hint, UUID command) {
        var json = new JsonText()
                .put("verdict", "deny")
                .put("rule", "")
                .put("session", session.toString())
                .put("command", command.toString());
        return error(error.sqlState(), message, json.text(), hint);
    }

    /** A result ends before it is complete, because a budget does. */
    ErrorResponse overdrawn(Overdrawn budget, UUID command) {
        var json = new JsonText()
                .put("verdict", "deny")
                .put("rule", budget.rule())
                .put("session", session.toString())
                .put("command", command.toString());
        return error(CountersignError.LIMIT_EXCEEDED.sqlState(), budget.message(), json.text(), budget.hint());
    }

    ErrorResponse notInspected(String reason, UUID command) {
        return refused(CountersignError.CANNOT_BE_INSPECTED, "The gateway cannot inspect this: " + reason, "", command);
    }

    /** A refusal that ends the connection. */
    ErrorResponse fatal(CountersignError error, String message, String hint) {
        var json = new JsonText().put("verdict", "deny").put("rule", "").put("session", session.toString());
        var diagnostic = Diagnostic.of("FATAL", error.sqlState(), message).with(Diagnostic.DETAIL, json.text());
        return new ErrorResponse(hint.isBlank() ? diagnostic : diagnostic.with(Diagnostic.HINT, hint));
    }

    ErrorResponse refused(AccessRefusedException refusal) {
        return fatal(refusal.error(), Optional.ofNullable(refusal.getMessage()).orElse(""), refusal.hint());
    }

    static ErrorResponse fatal(String sqlState, String message) {
        return new ErrorResponse(Diagnostic.of("FATAL", sqlState, message));
    }

    /**
     * A commit that failed; its text may quote values of any column.
     *
     * @param hidden whether anything is masked for the principal; then only its kind is told
     */
    static ErrorResponse atCommit(Diagnostic error, boolean hidden) {
        if (!hidden) {
            return new ErrorResponse(Notices.wellFormed(error));
        }
        return plain(error.sqlState().isEmpty() ? "XX000" : error.sqlState(), "the transaction could not be committed");
    }

    static ErrorResponse plain(String sqlState, String message) {
        return new ErrorResponse(Diagnostic.of("ERROR", sqlState, message));
    }

    static ErrorResponse canceled() {
        return plain(CountersignError.CANCELED.sqlState(), Cancellation.MESSAGE);
    }

    static ErrorResponse inFailedTransaction() {
        return plain(
                IN_FAILED_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
    }

    static NoticeResponse held(ApprovalDesk.Receipt receipt) {
        return new NoticeResponse(Diagnostic.of(
                "NOTICE",
                CountersignError.APPROVAL_NEEDED.sqlState(),
                "held for approval " + receipt.approval() + ": " + receipt.url()));
    }

    /** @param rule that names the break-glass */
    static NoticeResponse glassBroken(String rule) {
        return new NoticeResponse(Diagnostic.of(
                "WARNING",
                WARNING,
                "BREAK-GLASS: this runs by " + rule
                        + ". Everybody concerned sees it, every command is recorded, and somebody else reviews it."));
    }

    private static ErrorResponse error(String sqlState, String message, String detail, String hint) {
        var diagnostic = Diagnostic.of("ERROR", sqlState, message).with(Diagnostic.DETAIL, detail);
        return new ErrorResponse(hint.isBlank() ? diagnostic : diagnostic.with(Diagnostic.HINT, hint));
    }
}
