package org.countersign.connector.postgres;

import java.util.Optional;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/** What the target says without being asked. */
final class TargetEvents implements PostgresBackend.Events {
    private final ClientSession session;
    private final ClientWire client;
    private @Nullable Announcements announcements;

    TargetEvents(ClientSession session, ClientWire client) {
        this.session = session;
        this.client = client;
    }

    /** From here on the client hears of it. */
    void live(Announcements opened) {
        announcements = opened;
    }

    @Override
    public void parameter(String name, String value) {
        if (name.equals("standard_conforming_strings") && !value.equals("on")) {
            session.end(
                    CountersignError.CANNOT_BE_INSPECTED, "The target no longer reads strings as standard SQL does.");
        } else if (announcements != null && !session.ended()) {
            announcements.parameter(name, value);
        }
    }

    @Override
    public void notification(NotificationResponse notification) {
        if (announcements != null && !session.ended()) {
            announcements.notification(notification);
        }
    }

    @Override
    public void lost(Optional<Diagnostic> lastWords) {
        if (!session.ended()) {
            session.surroundings().metrics().count(Metric.TARGETS_LOST);
            session.left("the target ended the session"
                    + lastWords.map(said -> " (" + said.sqlState() + ")").orElse(""));
            client.farewell(LastWords.of(lastWords.orElse(null)));
        }
    }
}
