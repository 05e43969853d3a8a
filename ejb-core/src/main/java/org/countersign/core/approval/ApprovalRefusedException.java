package org.countersign.core.approval;

/** A decision was not accepted; nothing has changed. */
public final class ApprovalRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final RefusalReason reason;

    public ApprovalRefusedException(RefusalReason reason) {
        this(reason, reason.message());
    }

    /** @param message for the person who wanted to decide */
    public ApprovalRefusedException(RefusalReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public RefusalReason reason() {
        return reason;
    }
}
