package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists changes of the policy or shows one. */
@Command(
        name = "changes",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the changes of the policy, or shows one, or says no to it or takes it back.",
            "A revert is a change of its own that a second administrator has to confirm."
        })
final class ChangesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "CHANGE", description = "The id of a change.")
    private @Nullable String change;

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
    private int limit;

    @ArgGroup
    private @Nullable Step step;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed to reject and to revert.")
    private @Nullable String reason;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    /** What is to be done to the change. */
    static final class Step {
        @Option(names = "--reject", description = "Turns down what another administrator proposed.")
        private boolean reject;

        @Option(names = "--withdraw", description = "Takes back what you proposed.")
        private boolean withdraw;

        @Option(names = "--revert", description = "Proposes the inverse of a confirmed change.")
        private boolean revert;
    }

    ChangesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        Gateway gateway = signIn.gateway(terminal);
        if (change != null) {
            JsonNode one = one(gateway, "changes/" + Gateway.segment(change));
            format.print(terminal.out(), one, out -> {
                if (step == null || step.revert) {
                    Differences.print(out, one.path("diff"));
                }
                Changes.next(out, one);
            });
        } else if (step != null) {
            throw Failure.usage("which change? See: countersign changes");
        } else {
            JsonNode page = gateway.read("changes?limit=" + limit);
            format.print(terminal.out(), page, out -> list(out, page));
        }
        return Outcome.DONE.code();
    }

    private JsonNode one(Gateway gateway, String path) throws Failure, Gateway.ProblemException {
        if (step == null) {
            return gateway.read(path);
        }
        if (step.withdraw) {
            return gateway.delete(path);
        }
        if (reason == null) {
            throw Failure.usage("say why: --reason TEXT");
        }
        return gateway.post(
                path + (step.reject ? "/reject" : "/revert"),
                Web.JSON.createObjectNode().put("reason", reason));
    }

    private static void list(PrintWriter out, JsonNode page) {
        var table = new Table("CHANGE", "STATE", "AUTHOR", "AT", "OBJECTS");
        for (JsonNode each : page.path("items")) {
            table.row(
                    each.path("change").asText(),
                    each.path("state").asText(),
                    each.path("author").asText(),
                    each.path("at").asText(),
                    String.valueOf(each.path("diff").size()));
        }
        table.print(out, page.hasNonNull("next"));
    }
}
