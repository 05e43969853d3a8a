package org.countersign.core.explain;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.countersign.model.session.Principal;

/**
 * The inquiries that the connector may open a session for, each once. A ticket never leaves this process and no client can
 * present one. Safe for all threads.
 */
@ApplicationScoped
public class Inquiries {
    private final Map<UUID, Inquiry> tickets = new ConcurrentHashMap<>();

    /**
     * One inquiry.
     *
     * @param asker who wants to know; the session is his
     * @param subject whose command it would be
     * @param endsAt when the asker's token ends
     */
    public record Inquiry(Principal asker, Principal subject, Instant endsAt) {}

    UUID issue(Inquiry inquiry) {
        UUID ticket = UUID.randomUUID();
        tickets.put(ticket, inquiry);
        return ticket;
    }

    /** Returns the inquiry to the first who asks for it. */
    public Optional<Inquiry> redeem(UUID ticket) {
        return Optional.ofNullable(tickets.remove(ticket));
    }

    /** Nobody will ask for it any more. */
    void withdraw(UUID ticket) {
        tickets.remove(ticket);
    }
}
