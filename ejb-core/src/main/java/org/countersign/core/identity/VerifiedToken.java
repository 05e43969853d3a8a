package org.countersign.core.identity;

import java.time.Instant;
import java.util.Optional;
import org.countersign.model.session.Principal;

/**
 * What a token said, after its signature and times were found good.
 *
 * @param marks of the person whose account it is; empty for a program's own account
 */
record VerifiedToken(Principal principal, Optional<AccountMarks> marks, Instant expiresAt) {}
