package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a text would do and what the policy says to it. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what SQL would do on a target and what the policy says to it. Nothing of it runs.",
            "The exit code is 0 for every verdict, 5 when the text has a mistake or nothing can be explained."
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--target", required = true, paramLabel = "TARGET", description = "The target.")
    private @Nullable String target;

    @Option(
            names = "--as",
            paramLabel = "PRINCIPAL",
            description = "Whose command it would be. Default: yours. Others: administrators and auditors only.")
    private @Nullable String principal;

    @Parameters(paramLabel = "SQL", description = "The text, as a client would send it.")
    private @Nullable String sql;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        ObjectNode body = Web.JSON.createObjectNode().put("target", target).put("text", Objects.requireNonNull(sql));
        if (principal != null) {
            body.put("principal", principal);
        }
        JsonNode explanation = signIn.gateway(terminal).post("explain", body);
        format.print(terminal.out(), explanation, out -> new ExplanationText(out).print(explanation));
        return (explanation.path("verdict").asText().equals("error") ? Outcome.REFUSED : Outcome.DONE).code();
    }
}
