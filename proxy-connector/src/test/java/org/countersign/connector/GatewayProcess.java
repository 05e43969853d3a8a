package org.countersign.connector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.countersign.connector.net.Transport;
import org.countersign.model.port.SessionGrant.Upstream;

/**
 * The gateway of the tests in a process of its own, which can be killed. It is started ahead and opens its journal and
 * its port when it is told to.
 */
final class GatewayProcess implements AutoCloseable {
    private static final String LISTENING = "listening on ";
    private final Process process;

    private GatewayProcess(Process process) {
        this.process = process;
    }

    static GatewayProcess start(Upstream upstream, Path journal) throws IOException {
        var java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayProcess.class.getName(),
                upstream.host(),
                Integer.toString(upstream.port()),
                upstream.database(),
                upstream.user(),
                journal.toString(),
                "0");
        java.environment().put("SHOP_PASSWORD", upstream.password().reveal());
        java.redirectError(journal.resolveSibling("gateway.log").toFile());
        return new GatewayProcess(java.start());
    }

    /** @return the port it listens on */
    int open() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                return Integer.parseInt(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("the gateway ended");
    }

    /** Ends it as a loss of power would end its program: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws IOException {
        Transport.best();
        if (System.in.read() >= 0) {
            TestGateway.main(args);
        }
    }
}
