package org.countersign.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Signs a person in through a browser, on this or another device. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Signs you in through a browser.",
            "Open the printed address, on any device, and confirm the code.",
            "The tokens are kept in COUNTERSIGN_HOME/login.json, readable by you alone."
        })
final class LoginCommand implements Callable<Integer> {
    /** RFC 8628: slow_down adds this to the interval, for good. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Pause pause;

    LoginCommand(Terminal terminal, Pause pause) {
        this.terminal = terminal;
        this.pause = pause;
    }

    /** The time between two polls. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    @Override
    public Integer call() throws Failure {
        Settings settings = terminal.settings();
        IdentityProvider provider = IdentityProvider.discover(new Web(), settings.issuer());
        IdentityProvider.DeviceCode code = provider.deviceCode(Instant.now());
        terminal.out().println("Open " + code.completePage());
        terminal.out().println("and check that it shows the code " + Visible.line(code.userCode()));
        terminal.out().flush();
        Tokens tokens = waitFor(provider, code);
        new LoginFile(settings.home(), settings.issuer()).write(tokens);
        terminal.out().println("Signed in.");
        return Outcome.DONE.code();
    }

    private Tokens waitFor(IdentityProvider provider, IdentityProvider.DeviceCode code) throws Failure {
        Duration interval = code.interval();
        while (Instant.now().isBefore(code.expiresAt())) {
            try {
                pause.of(interval);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.notSignedIn("interrupted");
            }
            switch (provider.poll(code)) {
                case IdentityProvider.Poll.Pending() -> {}
                case IdentityProvider.Poll.SlowDown() -> interval = interval.plus(SLOWER);
                case IdentityProvider.Poll.Granted(Tokens tokens) -> {
                    return tokens;
                }
            }
        }
        throw Failure.notSignedIn("nobody signed in in time; run login again");
    }
}
