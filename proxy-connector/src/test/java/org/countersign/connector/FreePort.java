package org.countersign.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For programs that have to be told their port. */
public final class FreePort {
    private FreePort() {}

    /** A port of the loopback interface on which nobody listened just now. */
    public static int find() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
