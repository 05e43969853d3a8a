package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists changes of the policy or shows one. */
@Command(
        name = "changes",
        mixinStandardHelpOptions = true,
        description = "Lists the changes of the policy, or shows one.")
final class ChangesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "CHANGE", description = "The id of a change.")
    private @Nullable String change;

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    ChangesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        Gateway gateway = signIn.gateway(terminal);
        if (change != null) {
            JsonNode one = gateway.read("changes/" + Gateway.segment(change));
            format.print(terminal.out(), one, out -> {
                Differences.print(out, one.path("diff"));
                Changes.next(out, one);
            });
        } else {
            JsonNode page = gateway.read("changes?limit=" + limit);
            format.print(terminal.out(), page, out -> list(out, page));
        }
        return Outcome.DONE.code();
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
