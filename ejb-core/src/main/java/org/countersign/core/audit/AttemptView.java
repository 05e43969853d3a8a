package org.countersign.core.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * A refused attempt.
 *
 * @param name of whoever tried; {@code agent} says whether that is no person
 * @param object the id of the approval or change, or kind and name of a policy object
 * @param reason the stable name of the first reason: {@code self-approval}
 * @param message what he was told
 */
public record AttemptView(
        UUID id,
        Instant at,
        String name,
        boolean agent,
        Attempt attempt,
        String object,
        String reason,
        String message) {}
