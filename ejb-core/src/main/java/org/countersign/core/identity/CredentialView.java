package org.countersign.core.identity;

import java.time.Instant;
import org.countersign.model.port.Secret;

/**
 * A connection credential, shown this once.
 *
 * @param username {@code principal#id}
 */
public record CredentialView(String username, Secret password, Instant expiresAt) {}
