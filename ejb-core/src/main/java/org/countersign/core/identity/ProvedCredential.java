package org.countersign.core.identity;

import java.time.Instant;
import org.countersign.model.session.Principal;

/**
 * A connection credential whose password was proved.
 *
 * @param target the only target it is for
 * @param tokenExpiresAt when the token ends that it was made with
 */
public record ProvedCredential(Principal principal, String target, Instant tokenExpiresAt) {}
