package org.countersign.core.approval;

/** A decision was not accepted; nothing has changed. */
public final class ApprovalRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final RefusalReason reason;

    public ApprovalRefusedException(RefusalReason reason) {
        super(reason.message());
        this.reason = reason;
    }

    public RefusalReason reason() {
        return reason;
    }
}
