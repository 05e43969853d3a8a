package org.countersign.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends what {@code login} began. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = "Forgets the tokens of login.")
final class LogoutCommand implements Callable<Integer> {
    private final Terminal terminal;

    LogoutCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Settings settings = terminal.settings();
        var file = new LoginFile(settings.home(), settings.issuer());
        Optional<String> refresh = file.read().flatMap(Tokens::refresh);
        boolean deleted = file.delete();
        if (refresh.isPresent()) {
            IdentityProvider.discover(new Web(), settings.issuer()).end(refresh.orElseThrow());
        }
        terminal.out().println(deleted ? "Signed out." : "Nobody was signed in.");
        return Outcome.DONE.code();
    }
}
