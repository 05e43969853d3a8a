package org.countersign.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A person at a prompt. */
final class Prompt {
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String in = "";

    Prompt(Path home, FakeServer server) {
        environment.put("COUNTERSIGN_HOME", home.toString());
        environment.put("COUNTERSIGN_URL", server.url());
        environment.put("COUNTERSIGN_OIDC_ISSUER", server.issuer());
    }

    Prompt with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Prompt typing(String text) {
        in = text;
        return this;
    }

    Terminal terminal() {
        return new Terminal(
                environment,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }

    int run(String... arguments) {
        return Countersign.commandLine(terminal()).execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
