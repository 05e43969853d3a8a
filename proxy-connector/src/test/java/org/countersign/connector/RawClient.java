package org.countersign.connector;

import com.ongres.scram.client.ScramClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.BackendKeyData;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendWriter;
import org.countersign.wire.postgres.StartupPacket;
import org.countersign.wire.postgres.StartupWriter;
import org.jspecify.annotations.Nullable;

/** A client that sends what it is told to and understands every answer: to the gateway and to PostgreSQL alike. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    /** The parameters told at the sign-in, in order. */
    final Map<String, String> greeted = new LinkedHashMap<>();

    private final Socket socket;
    private @Nullable BackendKeyData key;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new BackendDecoder(64 << 20));

    private @Nullable OutputStream tap;
    private @Nullable DataInputStream skimmed;

    RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    public static RawClient signedIn(int port, String user, String password) throws Exception {
        return signedIn(port, 0, user, password);
    }

    /** @param minor the version of the protocol, 3.minor */
    static RawClient signedIn(int port, int minor, String user, String password) throws Exception {
        var client = new RawClient(port);
        var parameters = new LinkedHashMap<>(Map.of("user", user, "database", "shop"));
        client.send(new StartupPacket.Startup(3, minor, parameters));
        client.prove(password);
        return client;
    }

    /** A client that does not wait for approvals. */
    static RawClient deferring(int port, String user, String password) throws Exception {
        var client = new RawClient(port);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("user", user);
        parameters.put("database", "shop");
        parameters.put("options", "-c countersign.approval=defer");
        client.send(new StartupPacket.Startup(3, 0, parameters));
        client.prove(password);
        return client;
    }

    /** Asks for the cancelling of what the holder of this key runs; returns everything that is answered before the end. */
    static byte[] cancel(int port, int processId, byte[] key) throws IOException {
        try (var client = new RawClient(port)) {
            client.send(new StartupPacket.CancelRequest(processId, key));
            return client.socket.getInputStream().readAllBytes();
        }
    }

    /** Has what this client runs cancelled, as libpq does: over a connection of its own, until that is closed. */
    void cancel() throws IOException {
        BackendKeyData given = key();
        if (cancel(socket.getPort(), given.processId(), given.key()).length > 0) {
            throw new IOException("a cancel request was answered");
        }
    }

    BackendKeyData key() throws IOException {
        BackendKeyData given = key;
        if (given == null) {
            throw new IOException("no key was given");
        }
        return given;
    }

    RawClient send(StartupPacket packet) throws IOException {
        ByteBuf out = Unpooled.buffer();
        StartupWriter.write(packet, out);
        return bytes(out);
    }

    void prove(String password) throws Exception {
        var scram = ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256"))
                .username("*")
                .password(password.toCharArray())
                .build();
        for (BackendMessage message = receive(); !(message instanceof ReadyForQuery); message = receive()) {
            switch (message) {
                case Authentication.CleartextPassword asked -> send(Password.ofText(password));
                case Authentication.Sasl asked ->
                    send(Password.ofSaslInitial(
                            "SCRAM-SHA-256", utf8(scram.clientFirstMessage().toString())));
                case Authentication.SaslContinue next -> {
                    scram.serverFirstMessage(new String(next.data(), StandardCharsets.UTF_8));
                    send(new Password(utf8(scram.clientFinalMessage().toString())));
                }
                case Authentication.SaslFinal last ->
                    scram.serverFinalMessage(new String(last.data(), StandardCharsets.UTF_8));
                case ErrorResponse refused ->
                    throw new IOException(refused.diagnostic().sqlState() + " "
                            + refused.diagnostic().message());
                case BackendKeyData given -> key = given;
                case BackendMessage.ParameterStatus parameter -> greeted.put(parameter.name(), parameter.value());
                default -> {
                    // nothing to keep
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public RawClient send(FrontendMessage... messages) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (FrontendMessage message : messages) {
            FrontendWriter.write(message, out);
        }
        return bytes(out);
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    private RawClient bytes(ByteBuf out) throws IOException {
        out.readBytes(socket.getOutputStream(), out.readableBytes());
        out.release();
        return this;
    }

    public BackendMessage receive() throws IOException {
        BackendMessage message = decoder.readInbound();
        byte[] read = new byte[8192];
        while (message == null) {
            int bytes = socket.getInputStream().read(read);
            if (bytes < 0) {
                throw new IOException("closed");
            }
            if (tap != null) {
                tap.write(read, 0, bytes);
            }
            decoder.writeInbound(Unpooled.copiedBuffer(read, 0, bytes));
            message = decoder.readInbound();
        }
        return message;
    }

    /** Every byte that comes from now on goes there too. */
    public void tap(OutputStream tap) {
        this.tap = tap;
    }

    /** Says that nothing more will be said; answers are still read. */
    RawClient endOfInput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Leaves without a word. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Whether nothing comes for a while. */
    boolean silent(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            receive();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Every answer up to this many ReadyForQuery, or to the end of the connection, in words that compare. */
    List<String> answers(int ready) {
        var told = new ArrayList<String>();
        int left = ready;
        while (left > 0) {
            try {
                BackendMessage message = receive();
                if (!(message instanceof BackendMessage.ParameterStatus)) {
                    told.add(told(message));
                }
                left -= message instanceof ReadyForQuery ? 1 : 0;
            } catch (IOException e) {
                told.add("closed");
                return told;
            }
        }
        return told;
    }

    /** Reads up to the next ReadyForQuery without looking at what comes before it; returns the bytes. */
    long skim() throws IOException {
        if (skimmed == null) {
            skimmed = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        }
        long bytes = 0;
        for (int tag = skimmed.read(); ; tag = skimmed.read()) {
            int length = skimmed.readInt();
            skimmed.skipNBytes(length - Integer.BYTES);
            bytes += 1 + length;
            if (tag == 'Z') {
                return bytes;
            }
        }
    }

    List<String> query(String sql) throws IOException {
        return send(new Query(sql)).answers(1);
    }

    static List<String> told(List<BackendMessage> messages) {
        return messages.stream().map(RawClient::told).toList();
    }

    static String told(BackendMessage message) {
        return switch (message) {
            case ErrorResponse error ->
                error.diagnostic().severity() + " " + error.diagnostic().sqlState();
            case BackendMessage.NoticeResponse notice ->
                "notice " + notice.diagnostic().sqlState();
            case ReadyForQuery ready -> "ready " + ready.status();
            case CommandComplete complete -> complete.tag();
            case DataRow row -> {
                var values = new ArrayList<String>();
                for (int i = 0; i < row.columns(); i++) {
                    values.add(String.valueOf(row.text(i)));
                }
                yield values.toString();
            }
            case BackendMessage.RowDescription described ->
                described.columns().stream()
                        .map(column -> column.name() + ":" + column.typeOid() + ":" + column.format())
                        .toList()
                        .toString();
            case BackendMessage.ParameterDescription described -> "parameters " + described.types();
            case BackendMessage.CopyData copy -> "copied " + new String(copy.data(), StandardCharsets.ISO_8859_1);
            case BackendMessage.CopyOutResponse copy -> copy.toString();
            case BackendMessage.CopyInResponse copy -> copy.toString();
            default -> message.getClass().getSimpleName();
        };
    }

    @Override
    public void close() throws IOException {
        decoder.finishAndReleaseAll();
        socket.close();
    }
}
