package org.countersign.connector;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;

/**
 * Clients that write without a break, by both query protocols, until they are told to stop or their connection is gone.
 * Each of their statements writes a mark into the table {@code ran} and asks for it back.
 */
final class WriteLoad {
    /** The statement of a mark, without the mark. */
    static final String STATEMENT = "insert into ran values ('";

    private final int port;
    private final List<Thread> clients = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);
    private volatile boolean stopping;

    /** The marks whose row a client was shown. */
    final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The errors that clients were shown, with the mark of the statement, or of a client that could not sign in. */
    final Map<String, String> errors = new ConcurrentHashMap<>();

    /** What clients waited for in vain. */
    final ConcurrentLinkedQueue<String> hung = new ConcurrentLinkedQueue<>();

    WriteLoad(int port, String name, int count) {
        this.port = port;
        for (int client = 0; client < count; client++) {
            String mark = name + "-c" + client;
            boolean simple = client % 2 == 0;
            clients.add(Thread.ofPlatform().daemon().name(mark).start(() -> run(mark, simple)));
        }
    }

    /** Returns when so many statements more have been answered, with a row or an error. */
    void awaitAnswers(int count) throws InterruptedException {
        if (!answers.tryAcquire(count, 30, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + count + " answers in 30 seconds, hung: " + hung);
        }
    }

    void stop() {
        stopping = true;
    }

    /** Returns when no client is connected any more. */
    void join() throws InterruptedException {
        for (Thread client : clients) {
            client.join(TimeUnit.SECONDS.toMillis(60));
            if (client.isAlive()) {
                hung.add(client.getName());
            }
        }
    }

    private void run(String client, boolean simple) {
        String mark = client;
        try (var connection = RawClient.signedIn(port, "frank", TestCore.PASSWORD)) {
            for (int number = 1; !stopping; number++) {
                mark = client + "-n" + number + ".";
                connection.send(statement(STATEMENT + mark + "') returning mark", simple));
                answer(connection, mark);
                answers.release();
            }
        } catch (SocketTimeoutException e) {
            hung.add(mark);
        } catch (Exception e) {
            errors.putIfAbsent(mark, String.valueOf(e.getMessage()));
        }
    }

    private static FrontendMessage[] statement(String sql, boolean simple) {
        return simple
                ? new FrontendMessage[] {new FrontendMessage.Query(sql)}
                : new FrontendMessage[] {
                    new FrontendMessage.Parse("", sql, List.of()),
                    new FrontendMessage.Bind("", "", List.of(), List.of(), List.of()),
                    new FrontendMessage.Execute("", 0),
                    new FrontendMessage.Sync()
                };
    }

    private void answer(RawClient connection, String mark) throws IOException {
        BackendMessage message;
        do {
            message = connection.receive();
            if (message instanceof DataRow row) {
                told.add(String.valueOf(row.text(0)));
            } else if (message instanceof BackendMessage.ErrorResponse) {
                errors.put(mark, RawClient.told(message));
            }
        } while (!(message instanceof BackendMessage.ReadyForQuery));
    }
}
