package org.countersign.cli.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the check of a journal found, up to the first fault.
 *
 * @param remarks what is unusual and no fault
 */
public record Report(List<Segment> segments, List<Session> sessions, List<String> remarks, Optional<Fault> fault) {
    public Report {
        segments = List.copyOf(segments);
        sessions = List.copyOf(sessions);
        remarks = List.copyOf(remarks);
    }

    /** @param bytes how many count */
    public record Segment(long number, long frames, long bytes) {}

    /** @param ended whether its recording has an end; where it has none the session lived on, or frames are gone */
    public record Session(UUID id, long frames, Instant first, Instant last, boolean ended) {}

    public long frames() {
        return sessions.stream().mapToLong(Session::frames).sum();
    }
}
