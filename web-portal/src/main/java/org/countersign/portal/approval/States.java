package org.countersign.portal.approval;

import org.countersign.model.port.ApprovalDesk;
import org.countersign.portal.ui.Chip;
import org.countersign.portal.ui.Tone;

/** How the state of an approval looks. */
final class States {
    private States() {}

    static Chip chip(ApprovalDesk.State state) {
        return switch (state) {
            case PENDING -> new Chip("Pending", Tone.WAITING);
            case APPROVED -> new Chip("Approved", Tone.GOOD);
            case EXECUTED -> new Chip("Approved, ran", Tone.GOOD);
            case REJECTED -> new Chip("Rejected", Tone.BAD);
            case EXPIRED -> new Chip("Expired", Tone.NEUTRAL);
            case WITHDRAWN -> new Chip("Withdrawn", Tone.NEUTRAL);
            case FAILED -> new Chip("Approved, failed", Tone.BAD);
        };
    }
}
