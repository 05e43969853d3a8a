package org.countersign.model.port;

import java.util.Optional;
import java.util.UUID;
import org.countersign.model.session.SessionId;

/**
 * A client at the gate.
 *
 * @param session the id its recording will have
 * @param user the user name as the client sent it: a principal's name, or {@code name#id} for a connection credential
 * @param database the database name as the client sent it: {@code target} or {@code target/database}
 * @param proof how the client proved who it is
 * @param address its IP address and port
 * @param task what the client says it works on; a token that names a task cannot be used for another
 */
public record AccessRequest(
        SessionId session,
        String protocol,
        String user,
        String database,
        Proof proof,
        String address,
        boolean tls,
        Optional<String> task) {

    /** A client that names no task. */
    public AccessRequest(
            SessionId session,
            String protocol,
            String user,
            String database,
            Proof proof,
            String address,
            boolean tls) {
        this(session, protocol, user, database, proof, address, tls, Optional.empty());
    }

    /** Evidence of identity, already complete for a credential and still to be verified for a token. */
    public sealed interface Proof {
        /** An OIDC access token, sent as the password. */
        record Token(Secret token) implements Proof {}

        /** The SCRAM exchange over the verifier of this credential succeeded; {@code id} is the part behind {@code #}. */
        record Credential(String id) implements Proof {}

        /**
         * No client is there: the core itself wants something explained, and gave out this ticket for it. What is sent in
         * such a session is judged and never runs.
         */
        record Inquiry(UUID ticket) implements Proof {}
    }
}
