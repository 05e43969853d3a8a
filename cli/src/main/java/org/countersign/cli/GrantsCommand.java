package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

/** Roles for a time. */
@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Asks for roles for a time, lists and ends them. Approvals decide them: see approvals.")
final class GrantsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "list, eligible, show, request or end?");
    }

    /** One line for each. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists grants, newest first.")
    static final class Listing implements Callable<Integer> {
        private final Terminal terminal;

        @Option(
                names = "--state",
                defaultValue = "active",
                paramLabel = "STATE",
                description = "pending, active, used, ended, revoked, rejected, expired, withdrawn or all"
                        + " (${DEFAULT-VALUE}).")
        private String state = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Listing(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            String filter = state.equals("all") ? "" : "?state=" + Gateway.segment(state);
            JsonNode page = signIn.gateway(terminal).read("grants" + filter);
            format.print(terminal.out(), page, out -> GrantText.list(out, page));
            return Outcome.DONE.code();
        }
    }

    /** What may be asked for. */
    @Command(name = "eligible", mixinStandardHelpOptions = true, description = "Lists the roles you may ask for.")
    static final class Eligible implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Eligible(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode answer = signIn.gateway(terminal).read("grants/eligible");
            format.print(terminal.out(), answer, out -> GrantText.eligible(out, answer));
            return Outcome.DONE.code();
        }
    }

    /** Everything about one. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one grant, its uses included.")
    static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "GRANT", description = "The id of the grant.")
        private @Nullable String grant;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode one = signIn.gateway(terminal).read("grants/" + Gateway.segment(Objects.requireNonNull(grant)));
            format.print(terminal.out(), one, out -> GrantText.print(out, one));
            return Outcome.DONE.code();
        }
    }

    /** Asks. */
    @Command(
            name = "request",
            mixinStandardHelpOptions = true,
            description =
                    "Asks for a role, or a part of it, for a time. Without --action and --resource: all of the role.")
    static final class Request implements Callable<Integer> {
        private final Terminal terminal;

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = "The role.")
        private String role = "";

        @Option(names = "--target", required = true, paramLabel = "TARGET", description = "The target.")
        private String target = "";

        @Option(names = "--action", paramLabel = "ACTION", description = "Such as sql:select; may be repeated.")
        private List<String> actions = List.of();

        @Option(
                names = "--resource",
                paramLabel = "RESOURCE",
                description = "Such as 'public.customers.(id,email)'; may be repeated.")
        private List<String> resources = List.of();

        @Option(names = "--function", paramLabel = "FUNCTION", description = "A signature; may be repeated.")
        private List<String> functions = List.of();

        @Option(
                names = "--duration",
                defaultValue = "PT1H",
                paramLabel = "DURATION",
                description = "Such as PT30M (${DEFAULT-VALUE}).")
        private String duration = "";

        @Option(names = "--single", description = "For one command only, within that time.")
        private boolean single;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; whoever decides reads it.")
        private String reason = "";

        @Option(names = "--ticket", defaultValue = "", paramLabel = "ID", description = "The ticket it belongs to.")
        private String ticket = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Request(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            ObjectNode body = Web.JSON.createObjectNode();
            body.put("role", role).put("target", target);
            actions.forEach(body.putArray("actions")::add);
            resources.forEach(body.putArray("resources")::add);
            functions.forEach(body.putArray("functions")::add);
            body.put("duration", duration)
                    .put("single", single)
                    .put("reason", reason)
                    .put("ticket", ticket);
            JsonNode asked = signIn.gateway(terminal).post("grants", body);
            format.print(terminal.out(), asked, out -> GrantText.print(out, asked));
            return Outcome.DONE.code();
        }
    }

    /** Ends. */
    @Command(
            name = "end",
            mixinStandardHelpOptions = true,
            description =
                    "Takes a request back, gives a grant back or, for its approvers and administrators, revokes it.")
    static final class End implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "GRANT", description = "The id of the grant.")
        private @Nullable String grant;

        @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT", description = "Why; it is kept.")
        private String reason = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        End(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode ended = signIn.gateway(terminal)
                    .delete("grants/" + Gateway.segment(Objects.requireNonNull(grant))
                            + (reason.isEmpty() ? "" : "?reason=" + Gateway.segment(reason)));
            format.print(terminal.out(), ended, out -> GrantText.print(out, ended));
            return Outcome.DONE.code();
        }
    }
}
