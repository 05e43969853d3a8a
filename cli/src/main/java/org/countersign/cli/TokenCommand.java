package org.countersign.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints an access token for a program, and nothing else. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints an access token.",
            "A PostgreSQL client takes it as the password:",
            "  PGPASSWORD=$(./countersign token --agent orders-agent) psql …",
            "In the demo the secrets of the demo's agents and persons are found by themselves."
        })
final class TokenCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*");

    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private @Nullable Who who;

    @Option(
            names = {"--secret-from", "--password-from"},
            paramLabel = "SOURCE",
            description = "Where the secret is: env:NAME, file:PATH or - (standard input).")
    private @Nullable String source;

    TokenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** One of the two. */
    static final class Who {
        @Option(names = "--agent", required = true, paramLabel = "NAME", description = "The client id of an agent.")
        private @Nullable String agent;

        @Option(
                names = "--person",
                required = true,
                paramLabel = "NAME",
                description = "A person, where the realm allows direct grants (the demo's does). Otherwise: login.")
        private @Nullable String person;
    }

    @Override
    public Integer call() throws Failure {
        Settings settings = terminal.settings();
        Optional<String> agent = Optional.ofNullable(who).map(w -> w.agent);
        String name =
                agent.or(() -> Optional.ofNullable(who).map(w -> w.person)).orElseThrow();
        if (!NAME.matcher(name).matches()) {
            throw Failure.usage("a name has letters, digits and . _ @ -");
        }
        SecretSource from = source(settings, agent.isPresent() ? "agents" : "persons", name);
        String secret = from.read(terminal);
        IdentityProvider provider = IdentityProvider.discover(new Web(), settings.issuer());
        Tokens tokens = agent.isPresent()
                ? provider.agent(name, secret, from.origin())
                : provider.person(name, secret, from.origin());
        terminal.out().println(tokens.access());
        return Outcome.DONE.code();
    }

    private SecretSource source(Settings settings, String kind, String name) throws Failure {
        if (source != null) {
            return SecretSource.of("--secret-from", source);
        }
        Path file = settings.home().resolve("secrets").resolve(kind).resolve(name);
        if (!Files.isRegularFile(file)) {
            throw Failure.notSignedIn("no secret of " + name + " is known here (" + file
                    + " does not exist); say where it is with --secret-from");
        }
        return new SecretSource.File(file);
    }
}
