package org.countersign.connector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.countersign.connector.intercept.FrameLog;
import org.countersign.connector.metrics.Metrics;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.Listener;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.SessionTimes;
import org.countersign.connector.net.Tls;
import org.countersign.connector.net.Transport;
import org.countersign.connector.postgres.PostgresExplainer;
import org.countersign.connector.postgres.PostgresProtocol;
import org.countersign.connector.session.CancelKeys;
import org.countersign.connector.session.JournalWatch;
import org.countersign.connector.session.LiveSessions;
import org.countersign.connector.session.Surroundings;
import org.countersign.journal.Entry;
import org.countersign.journal.Haste;
import org.countersign.journal.Journal;
import org.countersign.journal.JournalLimits;
import org.countersign.journal.JournalState;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.port.ApprovalDesk.State;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;

/** The listener in a plain JVM, without a container, in front of a real PostgreSQL, with a real journal. */
public final class TestGateway implements AutoCloseable {
    /** Limits of a journal whose segments are full soon. */
    static final JournalLimits SMALL = new JournalLimits(1 << 20, 1 << 23, 1 << 25, 0);

    private final ExecutorService work = Executors.newFixedThreadPool(2);
    private final Journal journal;
    private final Listener listener;
    final Explainer explainer;
    private final LiveSessions live = new LiveSessions();
    final Metrics metrics = new Metrics();
    final TestCore core;
    final CancelKeys cancelKeys = new CancelKeys(metrics);

    /** The journal itself. */
    final FrameLog written;

    /** What stands before the journal; by default nothing. */
    volatile FrameLog log;

    public TestGateway(Upstream upstream, Path directory, int port, Optional<Tls.Keystore> keystore)
            throws IOException {
        this(upstream, directory, port, keystore, ConnectionLimits.standard(100));
    }

    TestGateway(Upstream upstream, Path directory, int port, Optional<Tls.Keystore> keystore, ConnectionLimits limits)
            throws IOException {
        this(upstream, directory, port, keystore, limits, SessionLimits.standard(SessionTimes.standard()));
    }

    /** With limits of its own. */
    TestGateway(Upstream upstream, Path directory, ConnectionLimits connections, SessionLimits sessions)
            throws IOException {
        this(upstream, directory, 0, Optional.empty(), connections, sessions);
    }

    /** With a journal that the caller opened; closed with the gateway. */
    TestGateway(Upstream upstream, Journal journal) throws IOException {
        this(
                new TestCore(upstream),
                journal,
                0,
                Optional.empty(),
                ConnectionLimits.standard(100),
                SessionLimits.standard(SessionTimes.standard()));
    }

    /** With a policy of its own, for the target {@code shop}. */
    public TestGateway(Upstream upstream, Path directory, PolicySnapshot policy) throws IOException {
        this(
                new TestCore(upstream, policy),
                Journal.open(directory, SMALL),
                0,
                Optional.empty(),
                ConnectionLimits.standard(100),
                SessionLimits.standard(SessionTimes.standard()));
    }

    private TestGateway(
            Upstream upstream,
            Path directory,
            int port,
            Optional<Tls.Keystore> keystore,
            ConnectionLimits connections,
            SessionLimits sessions)
            throws IOException {
        this(new TestCore(upstream), Journal.open(directory, SMALL), port, keystore, connections, sessions);
    }

    private TestGateway(
            TestCore core,
            Journal journal,
            int port,
            Optional<Tls.Keystore> keystore,
            ConnectionLimits connections,
            SessionLimits sessions)
            throws IOException {
        this.core = core;
        this.journal = journal;
        var settings = new ListenerSettings("127.0.0.1", port, false, keystore, connections, sessions);
        written = FrameLog.of(journal);
        log = written;
        var surroundings = new Surroundings(
                core.core(),
                new CurrentLog(),
                work,
                connections,
                sessions,
                Transport.best(),
                live,
                metrics,
                cancelKeys);
        var protocol = new PostgresProtocol(surroundings, settings);
        listener = Listener.open(settings, Transport.best(), metrics, protocol);
        explainer = new PostgresExplainer(surroundings, listener::loop);
    }

    /** Whatever stands before the journal at the moment. */
    private final class CurrentLog implements FrameLog {
        @Override
        public CompletionStage<Void> append(UUID session, List<Entry> frames) {
            return log.append(session, frames);
        }

        @Override
        public CompletionStage<Void> append(UUID session, List<Entry> frames, Executor on, Haste haste) {
            return log.append(session, frames, on, haste);
        }
    }

    /** The limits of a gateway that does not wait long for a sign-in. */
    static ConnectionLimits impatient(int maxConnections) {
        return new ConnectionLimits(
                maxConnections, maxConnections, Duration.ofSeconds(2), Duration.ofSeconds(2), 10_000);
    }

    public int port() {
        return listener.port();
    }

    /** A client that is let in as this principal. */
    RawClient signIn(String user) throws Exception {
        return RawClient.signedIn(port(), user, TestCore.PASSWORD);
    }

    /** Takes back what a test put in the way of the next ones. */
    void mend() {
        log = written;
        core.mend();
    }

    /** As if the journal had said so. */
    void tell(JournalState state) {
        new JournalWatch(live, metrics).accept(state);
    }

    int sessions() {
        return live.count();
    }

    void endAll() {
        live.end(CountersignError.SESSION_ENDED, "The gateway is shutting down.", Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        listener.refuse();
        endAll();
        listener.close();
        journal.close();
        work.shutdown();
    }

    /** Runs until the process is stopped; a line on standard input approves or rejects what waits. */
    public static void main(String[] args) throws IOException {
        var upstream = new Upstream(
                args[0],
                Integer.parseInt(args[1]),
                args[2],
                TlsMode.DISABLE,
                args[3],
                new Secret(System.getenv("SHOP_PASSWORD")));
        Optional<Tls.Keystore> keystore = args.length > 6
                ? Optional.of(new Tls.Keystore(Path.of(args[6]), new Secret("changeit")))
                : Optional.empty();
        try (var gateway = new TestGateway(upstream, Path.of(args[4]), Integer.parseInt(args[5]), keystore);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("listening on " + gateway.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line;
                if (command.equals("end")) {
                    gateway.endAll();
                    continue;
                }
                if (command.startsWith("life ")) {
                    gateway.core.lifetime = Duration.parse(command.substring(5));
                    continue;
                }
                gateway.core.settleAll(State.valueOf(command));
            }
        }
    }
}
