package org.countersign.connector;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;

/** A client that sends any bytes and keeps every byte that comes; what comes has to be messages of a server. */
final class ListeningClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte NO_ENCRYPTION = 'N';
    private final Socket socket;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new BackendDecoder(64 << 20));
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<BackendMessage> messages = new ArrayList<>();
    private boolean first = true;
    private boolean stalled;
    private boolean closed;

    ListeningClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends, unless the other side has left. */
    void send(byte[] more) {
        try {
            socket.getOutputStream().write(more);
        } catch (IOException e) {
            closed = true;
        }
    }

    /** Listens up to the next ReadyForQuery; false when the connection ended before, or nothing came for long. */
    boolean hearReady() throws IOException {
        return hear(ReadyForQuery.class::isInstance);
    }

    /** Listens up to a message; false when the connection ended before, or nothing came for long. */
    boolean hear(Predicate<BackendMessage> message) throws IOException {
        while (hear()) {
            if (message.test(messages.getLast())) {
                return true;
            }
        }
        return false;
    }

    /** Listens to the end of the connection. */
    void hearOut() throws IOException {
        boolean more = hear();
        while (more) {
            more = hear();
        }
    }

    /** Listens up to the next message. */
    private boolean hear() throws IOException {
        byte[] read = new byte[8192];
        BackendMessage message = decoder.readInbound();
        while (message == null) {
            int count;
            try {
                count = socket.getInputStream().read(read);
            } catch (SocketTimeoutException e) {
                stalled = true;
                return false;
            } catch (SocketException e) {
                count = -1;
            }
            if (count < 0) {
                closed = true;
                return false;
            }
            bytes.write(read, 0, count);
            int from = 0;
            while (first && from < count && read[from] == NO_ENCRYPTION) {
                from++;
            }
            first &= from == count;
            decoder.writeInbound(Unpooled.copiedBuffer(read, from, count - from));
            message = decoder.readInbound();
        }
        messages.add(message);
        return true;
    }

    /** No more comes from this client, which goes on listening. */
    void finish() throws IOException {
        if (!socket.isClosed()) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                closed = true;
            }
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Heard heard() {
        return new Heard(List.copyOf(messages), bytes.toByteArray(), stalled, closed);
    }

    @Override
    public void close() throws IOException {
        decoder.finishAndReleaseAll();
        socket.close();
    }
}
