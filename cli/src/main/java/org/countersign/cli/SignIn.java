package org.countersign.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose token a command uses: the one it is given, or that of the person who ran {@code login}. */
final class SignIn {
    /** A token that ends sooner is renewed first. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    @Option(
            names = "--token-from",
            paramLabel = "SOURCE",
            description = "Where the access token is: env:NAME, file:PATH or - (standard input). Default: login's.")
    private @Nullable String source;

    /** @param source what {@code --token-from} would be given */
    static SignIn with(Optional<String> source) {
        var signIn = new SignIn();
        signIn.source = source.orElse(null);
        return signIn;
    }

    Gateway gateway(Terminal terminal) throws Failure {
        Settings settings = terminal.settings();
        var web = new Web();
        String token = source != null
                ? SecretSource.of("--token-from", source).read(terminal)
                : login(web, settings).access();
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw Failure.usage("what --token-from names is not a token");
        }
        return new Gateway(web, settings.gateway(), token);
    }

    private static Tokens login(Web web, Settings settings) throws Failure {
        var file = new LoginFile(settings.home(), settings.issuer());
        Tokens tokens = file.read()
                .orElseThrow(() -> Failure.notSignedIn("nobody is signed in; run login, or give --token-from"));
        if (tokens.expiresAt().isAfter(Instant.now().plus(MARGIN))) {
            return tokens;
        }
        Optional<Tokens> renewed = Optional.empty();
        if (tokens.refresh().isPresent()) {
            renewed = IdentityProvider.discover(web, settings.issuer())
                    .refresh(tokens.refresh().orElseThrow());
        }
        Tokens fresh = renewed.orElseThrow(() -> Failure.notSignedIn("the sign-in is over; run login again"));
        file.write(fresh);
        return fresh;
    }
}
