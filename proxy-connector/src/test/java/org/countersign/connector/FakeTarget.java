package org.countersign.connector;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.countersign.model.port.Secret;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.countersign.model.port.SessionGrant.Upstream;

/** A target that plays what it is told to, whatever the gateway says to it. */
final class FakeTarget implements AutoCloseable {
    private static final int SSL_CODE = 80877103;
    private final ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Play play = Line::silence;

    /** What happens on a connection; its end closes it. */
    @FunctionalInterface
    interface Play {
        void on(Line line) throws IOException;
    }

    FakeTarget() throws IOException {
        lines.execute(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.incrementAndGet();
                Play now = play;
                lines.execute(() -> run(now, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(Play now, Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            now.on(new Line(socket));
        } catch (IOException e) {
            // the gateway left in the middle, as it may
        } finally {
            open.decrementAndGet();
        }
    }

    /** What the connections from now on hear. */
    void plays(Play next) {
        play = next;
    }

    int open() {
        return open.get();
    }

    int port() {
        return server.getLocalPort();
    }

    Upstream upstream(TlsMode tls) {
        return new Upstream("127.0.0.1", server.getLocalPort(), "shop", tls, "gateway", new Secret("of-the-fake"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines.shutdownNow();
    }

    /** One connection of the gateway. */
    static final class Line {
        private final Socket socket;
        private final DataInputStream in;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        /** Reads an SSLRequest or a startup packet; returns it. */
        byte[] opening() throws IOException {
            int length = in.readInt();
            return Bytes.join(Bytes.int32(length), in.readNBytes(length - 4));
        }

        /** Reads the startup packet and welcomes the gateway without asking who it is. */
        void welcome() throws IOException {
            opening();
            say(TargetBytes.OK);
        }

        static boolean asksForTls(byte[] opening) {
            return opening.length == 8 && java.nio.ByteBuffer.wrap(opening).getInt(4) == SSL_CODE;
        }

        /** The next message, with its tag; null at the end. */
        byte[] next() throws IOException {
            int tag = in.read();
            if (tag < 0) {
                return null;
            }
            int length = in.readInt();
            return Bytes.message((char) tag, length, in.readNBytes(length - 4));
        }

        /** Reads up to the Flush or Sync that wants an answer; false when the gateway leaves or says nothing for long. */
        boolean asked() throws IOException {
            for (byte[] message = next(); message != null; message = next()) {
                switch (message[0]) {
                    case 'H', 'S' -> {
                        return true;
                    }
                    case 'X' -> {
                        return false;
                    }
                    default -> {
                        // what is asked does not matter
                    }
                }
            }
            return false;
        }

        void say(byte[]... messages) throws IOException {
            for (byte[] message : messages) {
                socket.getOutputStream().write(message);
            }
        }

        void patience(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        /** Says nothing until the gateway leaves. */
        void silence() throws IOException {
            socket.setSoTimeout(0);
            InputStream rest = in;
            rest.transferTo(java.io.OutputStream.nullOutputStream());
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
