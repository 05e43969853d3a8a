package org.countersign.core.audit;

import java.util.Optional;

/**
 * Which rows of a report a list shows.
 *
 * @param principal exact name of whoever asked or tried
 * @param limit 1 to 200
 * @param after the {@code next} of the page before
 */
public record EvidenceFilter(
        Period period, Optional<String> principal, Optional<String> target, int limit, Optional<String> after) {}
