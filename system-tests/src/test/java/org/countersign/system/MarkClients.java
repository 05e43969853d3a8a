package org.countersign.system;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that write marks into the table {@code mark} of the target {@code lab18} without a break, each a statement at a
 * time that asks for its mark back, and that connect again when they have to. What they are told is kept.
 */
final class MarkClients {
    /** The statement of a mark, without the mark. */
    static final String STATEMENT = "insert into mark values ('";

    private static final String TARGET = "lab18";
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern PSQL_ERROR = Pattern.compile("(?:ERROR|FATAL): {2}(?:(\\w{5}): )?(.*)");

    private final Gateway gateway;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore answers = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, AtomicLong> written = new ConcurrentHashMap<>();

    /** The marks that a client was shown again. */
    final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The SQLSTATE and the message that a client was told, by the mark it was about. */
    final Map<String, String> errors = new ConcurrentHashMap<>();

    /** What clients waited for in vain. */
    final ConcurrentLinkedQueue<String> hung = new ConcurrentLinkedQueue<>();

    MarkClients(Gateway gateway) {
        this.gateway = gateway;
    }

    /** One way of writing marks; says what was shown. */
    @FunctionalInterface
    private interface Writing extends AutoCloseable {
        String write(String mark) throws Exception;

        @Override
        default void close() throws Exception {
            // there may be nothing to leave
        }
    }

    /** A client of pgjdbc. @param perConnection after how many statements it connects again */
    MarkClients pgjdbc(String name, String principal, int perConnection) {
        String token = gateway.token(principal);
        return start(name, new Reconnecting(() -> connect(principal, token), perConnection));
    }

    /** A client that is a psql for each of its statements. */
    MarkClients psql(String name, String principal) {
        Psql psql = gateway.psqlWith(principal, gateway.token(principal), TARGET);
        return start(name, mark -> {
            Psql.Result result = psql.run(statement(mark));
            if (result.exit() == 0) {
                return result.rows().getFirst();
            }
            Matcher said = PSQL_ERROR.matcher(result.err());
            throw said.find()
                    ? new SQLException("ERROR: " + said.group(2), String.valueOf(said.group(1)))
                    : new IOException("psql: " + result.err());
        });
    }

    private MarkClients start(String name, Writing writing) {
        written.put(name, new AtomicLong());
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> run(name, writing)));
        return this;
    }

    private Connection connect(String principal, String token) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", principal);
        properties.setProperty("password", token);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketTimeout", Integer.toString(PATIENCE_SECONDS));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + gateway.postgresPort() + "/" + TARGET, properties);
    }

    private static String statement(String mark) {
        return STATEMENT + mark + "') returning mark";
    }

    private void run(String name, Writing writing) {
        for (int number = 1; stop.getCount() > 0; number++) {
            String mark = name + "-" + number + ".";
            try {
                told.add(writing.write(mark));
                written.get(name).incrementAndGet();
            } catch (Exception e) {
                failed(mark, e);
            }
            answers.release();
        }
        try {
            writing.close();
        } catch (Exception e) {
            failed(name, e);
        }
    }

    private void failed(String mark, Exception failure) {
        if (failure.getCause() instanceof SocketTimeoutException || failure instanceof IllegalStateException) {
            hung.add(mark + ": " + failure.getMessage());
            stop();
        } else {
            String state = failure instanceof SQLException said ? String.valueOf(said.getSQLState()) : "null";
            errors.put(
                    mark,
                    state + " "
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
            pause();
        }
    }

    /** Whoever was refused does not ask again at once. */
    private void pause() {
        try {
            stop.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when so many statements more have been answered, with a row or an error. */
    void awaitAnswers(int count) throws InterruptedException {
        answers.drainPermits();
        if (!answers.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + count + " answers, hung: " + hung);
        }
    }

    /** How many marks each client has written. */
    Map<String, Long> written() {
        var now = new ConcurrentHashMap<String, Long>();
        written.forEach((name, count) -> now.put(name, count.get()));
        return now;
    }

    void stop() {
        stop.countDown();
    }

    /** Returns when each has the answer to its last statement. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(2 * PATIENCE_SECONDS));
            if (thread.isAlive()) {
                hung.add(thread.getName());
            }
        }
    }

    /** A connection that is made when it is needed. */
    private static final class Reconnecting implements Writing {
        private final Connecting connecting;
        private final int perConnection;
        private Connection connection;
        private int statements;

        @FunctionalInterface
        interface Connecting {
            Connection connect() throws SQLException;
        }

        Reconnecting(Connecting connecting, int perConnection) {
            this.connecting = connecting;
            this.perConnection = perConnection;
        }

        @Override
        public void close() throws SQLException {
            if (connection != null) {
                connection.close();
            }
        }

        @Override
        public String write(String mark) throws SQLException {
            if (connection == null || connection.isClosed()) {
                connection = connecting.connect();
                statements = 0;
            }
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(statement(mark))) {
                row.next();
                return row.getString(1);
            } finally {
                statements++;
                if (statements >= perConnection) {
                    connection.close();
                }
            }
        }
    }
}
