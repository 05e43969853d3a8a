package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whom the gateway sees. */
@Command(
        name = "whoami",
        mixinStandardHelpOptions = true,
        description = "Shows the principal that the gateway sees behind the token.")
final class WhoAmICommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    WhoAmICommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        JsonNode me = signIn.gateway(terminal).read("whoami");
        format.print(terminal.out(), me, out -> out.println(Principals.described(me)));
        return Outcome.DONE.code();
    }
}
