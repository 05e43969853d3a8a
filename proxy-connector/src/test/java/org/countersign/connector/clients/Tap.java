package org.countersign.connector.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a gateway and keeps every byte that it sends to its clients. */
final class Tap implements AutoCloseable {
    private static final int PIECE = 8192;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName(Endpoint.HOST));
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final int behind;

    Tap(int behind) throws IOException {
        this.behind = behind;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What was sent, a character for each byte. */
    String sent() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket gateway = new Socket(Endpoint.HOST, behind);
                Thread.ofVirtual().start(() -> pass(client, gateway, OutputStream.nullOutputStream()));
                Thread.ofVirtual().start(() -> pass(gateway, client, sent));
            }
        } catch (IOException closed) {
            // nobody comes any more
        }
    }

    /** Keeps a piece before it passes it on, so that nothing arrives that was not kept. */
    private static void pass(Socket from, Socket to, OutputStream kept) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                kept.write(piece, 0, n);
                to.getOutputStream().write(piece, 0, n);
            }
        } catch (IOException gone) {
            // the other side is closed with it
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
