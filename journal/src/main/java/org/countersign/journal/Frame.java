package org.countersign.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * One recorded frame. Its arrays belong to it and are not to be changed.
 *
 * @param sequence 1, 2, 3, … within the session
 * @param previous the hash of the session's frame before, 32 zero bytes for the first
 */
public record Frame(UUID session, long sequence, Instant at, byte type, byte[] payload, byte[] previous, byte[] hash) {}
