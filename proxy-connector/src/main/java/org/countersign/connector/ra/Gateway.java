package org.countersign.connector.ra;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.metrics.MetricsBean;
import org.countersign.connector.net.Listener;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.Transport;
import org.countersign.connector.postgres.PostgresExplainer;
import org.countersign.connector.postgres.PostgresProtocol;
import org.countersign.connector.session.CancelKeys;
import org.countersign.connector.session.Core;
import org.countersign.connector.session.JournalWatch;
import org.countersign.connector.session.LiveSessions;
import org.countersign.connector.session.Surroundings;
import org.countersign.journal.Journal;
import org.countersign.model.CountersignError;
import org.countersign.model.port.Explainer;

/** The open listeners with everything behind them: opened together, closed together. */
final class Gateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final Journal journal;
    private final Listener listener;
    private final LiveSessions live;
    private final MetricsBean shown;
    private final Explainer explainer;

    private Gateway(Journal journal, Listener listener, LiveSessions live, MetricsBean shown, Explainer explainer) {
        this.journal = journal;
        this.listener = listener;
        this.live = live;
        this.shown = shown;
        this.explainer = explainer;
    }

    /** @param journal closed here when the gateway cannot be opened, and with it otherwise */
    static Gateway open(ListenerSettings settings, Core core, Journal journal, Executor work) throws IOException {
        try {
            var live = new LiveSessions();
            Transport transport = Transport.best();
            var metrics = new Metrics();
            journal.watch(new JournalWatch(live, metrics));
            var surroundings = new Surroundings(
                    core,
                    FrameLog.of(journal),
                    work,
                    settings.connections(),
                    settings.sessions(),
                    transport,
                    live,
                    metrics,
                    new CancelKeys(metrics));
            var protocol = new PostgresProtocol(surroundings, settings);
            Listener listener = Listener.open(settings, transport, metrics, protocol);
            var explainer = new PostgresExplainer(surroundings, listener::loop);
            return new Gateway(journal, listener, live, MetricsBean.open(metrics), explainer);
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    int port() {
        return listener.port();
    }

    Explainer explainer() {
        return explainer;
    }

    @Override
    public void close() {
        listener.refuse();
        live.end(CountersignError.SESSION_ENDED, "The gateway is shutting down.", PATIENCE);
        listener.close();
        journal.close();
        shown.close();
    }
}
