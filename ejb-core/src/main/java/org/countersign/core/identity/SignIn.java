package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * How somebody signed in, as his token says.
 *
 * @param at when he proved who he is; renewing a token does not change it
 * @param level the {@code acr} claim
 */
public record SignIn(Optional<Instant> at, Optional<String> level) {
    /** Neither recent nor strong, whatever is asked. */
    public static final SignIn UNKNOWN = new SignIn(Optional.empty(), Optional.empty());
}
