package org.countersign.core.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A segregation constraint and when it was in force in this form.
 *
 * @param until empty while it is
 * @param document its YAML
 */
public record ConstraintRow(String name, Instant from, Optional<Instant> until, String document) {}
