package org.countersign.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * What the identity provider gave.
 *
 * @param expiresAt when the access token stops working
 */
record Tokens(String access, Instant expiresAt, Optional<String> refresh) {
    @Override
    public String toString() {
        return "Tokens[hidden]";
    }
}
