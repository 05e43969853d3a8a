package org.countersign.model.session;

import java.time.Instant;
import java.util.Map;

/**
 * What is fixed for the life of a session and what a condition may ask about it.
 *
 * @param targetLabels the labels of the target's manifest when the session opened
 * @param address the client's IP address and port
 */
public record SessionFacts(
        SessionId id,
        Principal principal,
        String target,
        String protocol,
        Map<String, String> targetLabels,
        String address,
        boolean tls,
        Instant startedAt) {
    public SessionFacts {
        targetLabels = Map.copyOf(targetLabels);
    }
}
