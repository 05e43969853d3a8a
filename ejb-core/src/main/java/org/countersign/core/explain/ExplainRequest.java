package org.countersign.core.explain;

import java.util.Optional;

/**
 * What somebody wants explained.
 *
 * @param principal the name of the one whose command it would be; empty for the caller himself
 * @param text as a client would send it
 * @param address IP address and port of the caller
 */
public record ExplainRequest(String target, Optional<String> principal, String text, String address, boolean tls) {
    /** Texts stay out of logs. */
    @Override
    public String toString() {
        return "ExplainRequest[" + target + "]";
    }
}
