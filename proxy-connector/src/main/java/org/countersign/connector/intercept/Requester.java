package org.countersign.connector.intercept;

import org.countersign.model.port.ApprovalDesk;

/** The client on the other side of the gate, as far as a hold concerns it. */
public interface Requester {
    /** Whether the client does not wait for approvals. */
    boolean defers();

    /** The command waits from now on; the client is told at once and only listened to for its leaving. */
    void waiting(ApprovalDesk.Receipt receipt);

    /** The wait is over; whether it runs follows. */
    void settled();

    /**
     * What it does runs by break-glass from now on, and it is told so at once.
     *
     * @param rule that names the break-glass
     */
    void glassBroken(String rule);

    /** Whether the client is still connected. */
    boolean present();
}
