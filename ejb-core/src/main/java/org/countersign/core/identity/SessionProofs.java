package org.countersign.core.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionId;

/** By which token each session on this node was opened, itself or by a credential made with it. Safe for all threads. */
@ApplicationScoped
public class SessionProofs {
    private final Map<SessionId, Proof> proofs = new ConcurrentHashMap<>();

    /** @param principal as it was when the session opened */
    public record Proof(Principal principal, AccessToken token) {}

    public void opened(SessionId session, Proof proof) {
        proofs.put(session, proof);
    }

    public void closed(SessionId session) {
        proofs.remove(session);
    }

    /** A copy, to be worked through without holding anything up. */
    public Map<SessionId, Proof> all() {
        return Map.copyOf(proofs);
    }
}
