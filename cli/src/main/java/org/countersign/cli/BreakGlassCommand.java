package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Emergencies, and the reviews that follow. */
@Command(
        name = "break-glass",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Takes a role at once in an emergency. Everybody concerned sees it, and somebody else reviews it.")
final class BreakGlassCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "list, available, start, end or review?");
    }

    /** One line for each. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists uses, newest first.")
    static final class Listing implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Listing(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode page = signIn.gateway(terminal).read("break-glass");
            format.print(terminal.out(), page, out -> GrantText.list(out, page));
            return Outcome.DONE.code();
        }
    }

    /** What may be taken. */
    @Command(name = "available", mixinStandardHelpOptions = true, description = "Lists what you may take.")
    static final class Available implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Available(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode answer = signIn.gateway(terminal).read("break-glass/available");
            format.print(terminal.out(), answer, out -> GrantText.eligible(out, answer));
            return Outcome.DONE.code();
        }
    }

    /** Takes. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Takes the role now. It is recorded, announced and reviewed by somebody else.")
    static final class Start implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "NAME", description = "As available lists it.")
        private String name = "";

        @Option(names = "--target", required = true, paramLabel = "TARGET", description = "The target.")
        private String target = "";

        @Option(
                names = "--duration",
                defaultValue = "PT30M",
                paramLabel = "DURATION",
                description = "Such as PT30M (${DEFAULT-VALUE}).")
        private String duration = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "What the emergency is.")
        private String reason = "";

        @Option(names = "--ticket", defaultValue = "", paramLabel = "ID", description = "The ticket it belongs to.")
        private String ticket = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Start(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            ObjectNode body = Web.JSON.createObjectNode();
            body.put("name", name)
                    .put("target", target)
                    .put("duration", duration)
                    .put("reason", reason)
                    .put("ticket", ticket);
            JsonNode started = signIn.gateway(terminal).post("break-glass", body);
            format.print(terminal.out(), started, out -> GrantText.print(out, started));
            return Outcome.DONE.code();
        }
    }

    /** Ends. */
    @Command(name = "end", mixinStandardHelpOptions = true, description = "Ends a use before its time.")
    static final class End implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "USE", description = "The id of the use.")
        private @Nullable String use;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        End(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode ended =
                    signIn.gateway(terminal).delete("break-glass/" + Gateway.segment(Objects.requireNonNull(use)));
            format.print(terminal.out(), ended, out -> GrantText.print(out, ended));
            return Outcome.DONE.code();
        }
    }

    /** Reviews. */
    @Command(
            name = "review",
            mixinStandardHelpOptions = true,
            description = "Says what a use came to, once it is over. Never by whoever answers for it.")
    static final class Review implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "USE", description = "The id of the use.")
        private @Nullable String use;

        @Option(
                names = "--finding",
                required = true,
                paramLabel = "FINDING",
                description = "justified or not-justified.")
        private String finding = "";

        @Option(names = "--words", required = true, paramLabel = "TEXT", description = "What you looked at and found.")
        private String words = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Review(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            ObjectNode body = Web.JSON.createObjectNode();
            body.put("finding", finding).put("words", words);
            JsonNode reviewed = signIn.gateway(terminal)
                    .post("break-glass/" + Gateway.segment(Objects.requireNonNull(use)) + "/review", body);
            format.print(terminal.out(), reviewed, out -> GrantText.print(out, reviewed));
            return Outcome.DONE.code();
        }
    }
}
