package org.countersign.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The running WildFly as its administrator on this machine sees it. */
final class Management {
    private Management() {}

    /** Carries operations out, one after the other, and returns what was answered; fails when one does. */
    static String run(String... operations) throws IOException, InterruptedException {
        Path cli = Path.of(System.getProperty("countersign.wildfly"), "bin", "jboss-cli.sh");
        var builder = new ProcessBuilder(
                        "bash",
                        cli.toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + System.getProperty("countersign.management"))
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream()
                .write(String.join("\n", operations).concat("\nquit\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return said;
    }
}
