package org.countersign.model.port;

import java.util.UUID;

/**
 * Finds out what a text would do on a target and what the policy says to it. Nothing of the text runs. The connector is
 * one; the core keeps it. Safe for all threads.
 */
public interface Explainer {
    /**
     * Opens a session for the inquiry, has its target analyse the text, has the policy judge it, and ends the session.
     * Blocks for at most half a minute.
     *
     * @throws AccessRefusedException when the principal could not open a session on the target either, or none is to be
     *     had now
     */
    Explanation explain(Inquiry inquiry) throws AccessRefusedException;

    /**
     * What is asked.
     *
     * @param ticket what the core gave out for this inquiry alone, see {@link AccessRequest.Proof.Inquiry}
     * @param principal the name of the one whose command it would be
     * @param text as a client would send it; parameters may have no value
     * @param address IP address and port of the one who asks
     */
    record Inquiry(UUID ticket, String principal, String target, String text, String address, boolean tls) {
        /** Texts stay out of logs. */
        @Override
        public String toString() {
            return "Inquiry[" + principal + " on " + target + "]";
        }
    }
}
