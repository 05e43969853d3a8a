package org.countersign.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.countersign.model.port.SessionGrant.Upstream;

/** The wire between the gateway and its target, which a test cuts, resets or stalls at a moment of its choice. */
final class CutTarget implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Upstream target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private final Semaphore passing = new Semaphore(1);

    CutTarget(Upstream target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    /** The same target, reached over this wire. */
    Upstream upstream() {
        return new Upstream(
                "127.0.0.1",
                listening.getLocalPort(),
                target.database(),
                target.tls(),
                target.user(),
                target.password());
    }

    /** Holds back what the target sends. */
    void stall() {
        passing.acquireUninterruptibly();
    }

    void resume() {
        passing.release();
    }

    /** Both sides are told that the connection broke. */
    void reset() throws IOException {
        for (Socket end : ends) {
            end.setSoLinger(true, 0);
            end.close();
        }
    }

    /** Both sides are told that the other has no more to say. */
    void cut() throws IOException {
        for (Socket end : ends) {
            end.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket gateway = listening.accept();
                var server = new Socket(target.host(), target.port());
                ends.addAll(List.of(gateway, server));
                threads.execute(() -> pass(gateway, server, false));
                threads.execute(() -> pass(server, gateway, true));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, boolean stallable) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (stallable) {
                    passing.acquireUninterruptibly();
                    passing.release();
                }
                out.write(bytes, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // cut
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
        threads.shutdownNow();
    }
}
