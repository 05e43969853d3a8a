package org.countersign.core.identity;

import java.time.Instant;
import org.countersign.model.session.Principal;

/** What a token said, after its signature and times were found good. */
record VerifiedToken(Principal principal, Instant expiresAt) {}
