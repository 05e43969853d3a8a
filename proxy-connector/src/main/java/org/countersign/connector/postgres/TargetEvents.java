package org.countersign.connector.postgres;

import org.countersign.connector.session.ClientSession;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.BackendMessage.ParameterStatus;

/** What the target says without being asked. */
final class TargetEvents implements PostgresBackend.Events {
    private final ClientSession session;
    private final ClientWire client;
    private boolean live;

    TargetEvents(ClientSession session, ClientWire client) {
        this.session = session;
        this.client = client;
    }

    /** From here on the client hears of changes. */
    void live() {
        live = true;
    }

    @Override
    public void parameter(String name, String value) {
        if (name.equals("standard_conforming_strings") && !value.equals("on")) {
            session.end(
                    CountersignError.CANNOT_BE_INSPECTED, "The target no longer reads strings as standard SQL does.");
        } else if (live && PostgresOpening.relayed(name)) {
            client.write(new ParameterStatus(name, value));
        }
    }

    @Override
    public void lost(String why) {
        session.end(CountersignError.TARGET_UNREACHABLE, "The target ended the session.");
    }
}
