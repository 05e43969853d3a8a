package org.countersign.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens on the running WildFly what Arquillian asks a server through and the product leaves closed. */
final class RemoteJmx implements BeforeAllCallback {
    private static final List<String> OPERATIONS = List.of(
            "if (outcome != success) of /subsystem=jmx/remoting-connector=jmx:read-resource",
            "/subsystem=jmx/remoting-connector=jmx:add(use-management-endpoint=true)",
            "end-if");

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (RunningGateway.inContainer()) {
            return;
        }
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
                .write(String.join("\n", OPERATIONS).concat("\nquit\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
