package org.countersign.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the policy as manifests. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints the active policy as manifests that apply takes again.")
final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final SignIn signIn = new SignIn();

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        terminal.out().print(signIn.gateway(terminal).readYaml("manifests"));
        terminal.out().flush();
        return Outcome.DONE.code();
    }
}
