package org.countersign.core.identity;

import java.time.Instant;
import org.countersign.model.port.Secret;

/** A verified access token, kept as long as somebody acts by it, so that the issuer can be asked about it again. */
public record AccessToken(Secret text, Instant issuedAt, Instant expiresAt) {}
