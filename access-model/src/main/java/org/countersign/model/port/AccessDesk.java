package org.countersign.model.port;

import java.util.Optional;
import org.countersign.model.session.SessionId;

/** Who may open a session. Every method may block and use the store: call it on a work thread. */
public interface AccessDesk {
    /**
     * Returns the verifier of an unexpired connection credential.
     *
     * @param user the whole user name, {@code principal#id}
     * @return empty when there is none; the caller then runs the exchange against a decoy, so that nobody learns which
     *     names exist
     */
    Optional<ScramVerifier> credential(String user);

    /** The OIDC issuer whose access tokens are taken, as its tokens name it. */
    String issuer();

    /**
     * Verifies the proof, finds the target and indexes the session.
     *
     * @throws AccessRefusedException with the reason for the client
     */
    SessionGrant open(AccessRequest request, SessionControl control) throws AccessRefusedException;

    /** Ends the index entry of a session; called once for every opened session. */
    void closed(SessionId session, SessionControl.Counters counters, String reason);

    /** The connector is ready to explain; told again whenever its desks come back. */
    void explains(Explainer explainer);
}
