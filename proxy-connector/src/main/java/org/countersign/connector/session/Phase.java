package org.countersign.connector.session;

import org.countersign.connector.intercept.CommandGate;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.SessionGrant;

/** How far a connection has come. A transition that is not a method here does not exist. */
public sealed interface Phase {
    /** Connected; nothing is known about the client. */
    record Arrived() implements Phase {
        SigningIn signIn(String user, String database) {
            return new SigningIn(user, database);
        }
    }

    /** The client said who it wants to be, once, and has to prove it. */
    record SigningIn(String user, String database) implements Phase {
        Opening proved(AccessRequest request) {
            return new Opening(request);
        }
    }

    /** The core is asked whether the session may open. */
    record Opening(AccessRequest request) implements Phase {
        Connecting granted(SessionGrant grant) {
            return new Connecting(grant);
        }
    }

    /** The target is being reached. */
    record Connecting(SessionGrant grant) implements Phase {
        Ready connected(CommandGate gate) {
            return new Ready(grant, gate);
        }
    }

    /** Commands are taken. */
    record Ready(SessionGrant grant, CommandGate gate) implements Phase {}

    /** Over. No phase leads out of it. */
    record Ended(String reason) implements Phase {}
}
