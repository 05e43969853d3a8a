package org.countersign.connector.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.countersign.connector.RawClient;
import org.countersign.connector.postgres.analysis.KnownNodes;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.BackendMessage.NoticeResponse;
import org.countersign.wire.postgres.BackendMessage.PortalSuspended;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyData;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Describe;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.FunctionCall;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.countersign.wire.postgres.Subject;
import org.countersign.wire.postgres.TransactionStatus;

/** One connection over which entries are sent, one after the other. */
final class Speaker implements KnownNodes.Client, AutoCloseable {
    private static final String PRINTS_TREES = "elog_node_display";
    private static final String STATEMENT = "of_the_corpus";
    private static final String PORTAL = "of_the_corpus";
    private static final int MAX_STEPS = 100;
    private final RawClient client;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<BackendMessage> messages = new ArrayList<>();
    private TransactionStatus status = TransactionStatus.IDLE;

    Speaker(RawClient client) {
        this.client = client;
        client.tap(bytes);
    }

    /** Forgets what was heard. */
    void forget() {
        bytes.reset();
        messages.clear();
    }

    /** Everything heard since then. */
    Answers heard() {
        return new Answers(List.copyOf(messages), bytes.toByteArray());
    }

    boolean idle() {
        return status == TransactionStatus.IDLE;
    }

    void query(String sql) throws IOException {
        query(sql, List.of());
    }

    @Override
    public void run(String sql) throws IOException {
        query(sql);
    }

    @Override
    public List<String> parse(String sql) throws IOException {
        forget();
        send(List.of(), new Parse("", sql, List.of()), new Sync());
        return messages.stream()
                .filter(NoticeResponse.class::isInstance)
                .map(message -> ((NoticeResponse) message).diagnostic().fields())
                .filter(fields -> PRINTS_TREES.equals(fields.get(Diagnostic.ROUTINE)))
                .map(fields -> String.valueOf(fields.get(Diagnostic.DETAIL)))
                .toList();
    }

    private void query(String sql, List<String> data) throws IOException {
        client.send(new Query(sql));
        await(data);
    }

    /** Sends the statement of an entry in its way. */
    void say(Entry entry) throws IOException {
        var bound = new Bind(
                entry.way() == Way.PORTAL ? PORTAL : "",
                entry.way() == Way.NAMED ? STATEMENT : "",
                List.of(),
                entry.values().stream()
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                List.of(entry.way() == Way.BINARY ? Format.BINARY : Format.TEXT));
        var parse = new Parse(bound.statement(), entry.sql(), List.of());
        switch (entry.way()) {
            case SIMPLE -> query(entry.sql(), entry.data());
            case EXTENDED, BINARY ->
                send(entry.data(), parse, bound, new Describe(Subject.PORTAL, ""), new Execute("", 0), new Sync());
            case NAMED -> {
                send(entry.data(), parse, new Describe(Subject.STATEMENT, STATEMENT), new Sync());
                send(entry.data(), bound, new Describe(Subject.PORTAL, ""), new Execute("", 0), new Sync());
                query("DEALLOCATE " + STATEMENT);
            }
            case LIMITED -> limited(parse, bound);
            case PORTAL -> {
                send(entry.data(), parse, bound, new Sync());
                query("FETCH ALL FROM " + PORTAL);
            }
            case CALL ->
                send(
                        entry.data(),
                        new FunctionCall(Integer.parseInt(entry.sql()), List.of(), bound.values(), Format.TEXT));
        }
    }

    private void limited(Parse parse, Bind bound) throws IOException {
        send(List.of(), parse, bound, new Execute("", 1), new Sync());
        int steps = 0;
        while (messages.get(messages.size() - 2) instanceof PortalSuspended && ++steps < MAX_STEPS) {
            send(List.of(), new Execute("", 1), new Sync());
        }
    }

    private void send(List<String> data, FrontendMessage... request) throws IOException {
        client.send(request);
        await(data);
    }

    private void await(List<String> data) throws IOException {
        BackendMessage message;
        do {
            message = client.receive();
            messages.add(message);
            if (message instanceof CopyInResponse) {
                for (String line : data) {
                    client.send(new CopyData((line + "\n").getBytes(StandardCharsets.UTF_8)));
                }
                client.send(new CopyDone());
            }
        } while (!(message instanceof ReadyForQuery));
        status = ((ReadyForQuery) message).status();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
