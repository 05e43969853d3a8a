package org.countersign.core.recording;

import java.time.Instant;
import java.util.UUID;
import org.countersign.model.command.Command;

/**
 * A command that can be judged again.
 *
 * @param sequence 1, 2, … within its session
 */
public record RecordedCommand(UUID id, UUID session, long sequence, Instant at, Command command) {}
