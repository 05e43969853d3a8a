package org.countersign.connector.postgres;

import java.util.Optional;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.BackendMessage.NotificationResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/** What the target says without being asked. */
final class TargetEvents implements PostgresBackend.Events {
    private final ClientSession session;
    private final ClientWire client;
    private final Optional<BackendKeyData> key;
    private @Nullable Announcements announcements;
    private int number;

    /** @param key as the target gave it at sign-in */
    TargetEvents(ClientSession session, ClientWire client, Optional<BackendKeyData> key) {
        this.session = session;
        this.client = client;
        this.key = key;
    }

    /**
     * From here on the client hears of it.
     *
     * @param told what the client takes for the number of its process
     */
    void live(Announcements opened, int told) {
        announcements = opened;
        number = told;
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
            announcements.notification(asTold(notification));
        }
    }

    /** A client knows its own notifications by the number that it was told. */
    private NotificationResponse asTold(NotificationResponse notification) {
        boolean own = key.filter(process -> process.processId() == notification.processId())
                .isPresent();
        return own ? new NotificationResponse(number, notification.channel(), notification.payload()) : notification;
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
