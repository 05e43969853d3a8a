package org.countersign.core.recording;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.identity.PrincipalView;

/**
 * A session of the index.
 *
 * @param endedAt empty while it is open
 * @param endReason why it ended; empty while it is open
 * @param mayTerminate whether the viewer may end it
 */
public record SessionView(
        UUID id,
        PrincipalView principal,
        String target,
        String protocol,
        String address,
        boolean tls,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> endReason,
        long commands,
        long denied,
        long held,
        boolean mayTerminate) {}
