package org.countersign.connector;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.countersign.connector.FakeTarget.Line;

/**
 * What a real server said to the gateway, for each time it was asked with a Flush or a Sync: the first part is its greeting
 * behind the sign-in.
 *
 * @param parts the messages of each answer, in order
 */
record RecordedTarget(List<List<byte[]>> parts) {
    /** How long the replayed target waits for the next question before it leaves. */
    private static final int PATIENCE_MILLIS = 300;

    /** Passes everything on to the server at this port and writes down what it answers. */
    static FakeTarget.Play recording(int port, List<List<byte[]>> parts) {
        return line -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                var out = socket.getOutputStream();
                out.write(line.opening());
                var reader = Thread.ofVirtual().start(() -> listen(socket, line, parts));
                for (byte[] message = line.next(); message != null; message = line.next()) {
                    if (message[0] == 'H' || message[0] == 'S') {
                        synchronized (parts) {
                            parts.add(new ArrayList<>());
                        }
                    }
                    out.write(message);
                }
                socket.shutdownOutput();
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static void listen(Socket socket, Line line, List<List<byte[]>> parts) {
        try {
            var in = new DataInputStream(socket.getInputStream());
            boolean greeting = false;
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                int length = in.readInt();
                byte[] message = Bytes.message((char) tag, length, in.readNBytes(length - 4));
                if (greeting) {
                    synchronized (parts) {
                        parts.getLast().add(message);
                    }
                }
                if (tag == 'R' && length == 8 && message[8] == 0) {
                    greeting = true;
                    synchronized (parts) {
                        parts.add(new ArrayList<>());
                    }
                }
                line.say(message);
            }
        } catch (IOException e) {
            // the end of the recording
        }
    }

    int messages() {
        return parts.stream().mapToInt(List::size).sum();
    }

    /** Says the same again, to a gateway that need not sign in; when nothing is asked for a while it leaves. */
    FakeTarget.Play replay() {
        return replay(PATIENCE_MILLIS);
    }

    FakeTarget.Play replay(int patienceMillis) {
        return line -> {
            line.welcome();
            play(line, patienceMillis);
        };
    }

    private void play(Line line, int patienceMillis) throws IOException {
        line.patience(patienceMillis);
        try {
            for (List<byte[]> part : parts) {
                if (part != parts.getFirst() && !line.asked()) {
                    return;
                }
                line.say(part.toArray(new byte[0][]));
            }
            line.asked();
        } catch (SocketTimeoutException e) {
            // nobody asks any more
        }
    }

    /** The same with other messages in the place of one; the count goes through all parts. */
    RecordedTarget with(int place, byte[]... instead) {
        var changed = new ArrayList<List<byte[]>>();
        int at = 0;
        for (List<byte[]> part : parts) {
            var messages = new ArrayList<byte[]>();
            for (byte[] message : part) {
                messages.addAll(at++ == place ? List.of(instead) : List.of(message));
            }
            changed.add(messages);
        }
        return new RecordedTarget(changed);
    }

    byte[] message(int place) {
        return parts.stream().flatMap(List::stream).skip(place).findFirst().orElseThrow();
    }
}
