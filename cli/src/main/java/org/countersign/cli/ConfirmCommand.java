package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Countersigns a change of the policy. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Activates a change that another administrator proposed.",
            "See it first: countersign changes CHANGE"
        })
final class ConfirmCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CHANGE", description = "The id of the change.")
    private @Nullable String change;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    ConfirmCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        String path = "changes/" + Gateway.segment(Objects.requireNonNull(change)) + "/confirm";
        JsonNode confirmed = signIn.gateway(terminal).post(path, Web.JSON.createObjectNode());
        format.print(terminal.out(), confirmed, out -> Changes.next(out, confirmed));
        return Outcome.DONE.code();
    }
}
