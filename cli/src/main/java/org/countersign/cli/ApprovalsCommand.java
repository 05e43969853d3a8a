package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
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

/** The approvals a person may see. */
@Command(
        name = "approvals",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows and decides approvals.")
final class ApprovalsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "list, show, approve or reject?");
    }

    /** One line for each. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists approvals, newest first.")
    static final class Listing implements Callable<Integer> {
        private final Terminal terminal;

        @Option(
                names = "--state",
                defaultValue = "pending",
                paramLabel = "STATE",
                description = "pending, approved, rejected, expired, withdrawn, executed, failed or all"
                        + " (${DEFAULT-VALUE}).")
        private String state = "";

        @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
        private int limit;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Listing(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            String filter = state.equals("all") ? "" : "&state=" + Gateway.segment(state);
            JsonNode page = signIn.gateway(terminal).read("approvals?limit=" + limit + filter);
            format.print(terminal.out(), page, out -> list(out, page));
            return Outcome.DONE.code();
        }

        private static void list(PrintWriter out, JsonNode page) {
            var table = new Table("APPROVAL", "STATE", "PRINCIPAL", "TARGET", "REQUESTED", "COMMAND");
            for (JsonNode each : page.path("items")) {
                table.row(
                        each.path("id").asText(),
                        each.path("state").asText(),
                        each.path("principal").path("name").asText(),
                        each.path("target").asText(),
                        each.path("requestedAt").asText(),
                        each.path("commands").path(0).path("text").asText());
            }
            table.print(out, page.hasNonNull("next"));
        }
    }

    /** Everything about one. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one approval, nothing cut off.")
    static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "APPROVAL", description = "The id of the approval.")
        private @Nullable String approval;

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            JsonNode one =
                    signIn.gateway(terminal).read("approvals/" + Gateway.segment(Objects.requireNonNull(approval)));
            format.print(terminal.out(), one, out -> ApprovalText.print(out, one));
            return Outcome.DONE.code();
        }
    }

    /** Approves. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approves exactly what show shows. You may not approve what you or your agents requested.")
    static final class Approve implements Callable<Integer> {
        @Mixin
        private final Decision decision = new Decision();

        private final Terminal terminal;

        Approve(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            return decision.send(terminal, "approve");
        }
    }

    /** Rejects. */
    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            description = "Rejects; whoever waits for it is told the reason.")
    static final class Reject implements Callable<Integer> {
        @Mixin
        private final Decision decision = new Decision();

        private final Terminal terminal;

        Reject(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Failure, Gateway.ProblemException {
            return decision.send(terminal, "reject");
        }
    }

    /** What approving and rejecting have in common. */
    static final class Decision {
        @Parameters(paramLabel = "APPROVAL", description = "The id of the approval.")
        private @Nullable String approval;

        @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT", description = "Why; it is recorded.")
        private String reason = "";

        @Mixin
        private final SignIn signIn = new SignIn();

        @Mixin
        private final Format format = new Format();

        Integer send(Terminal terminal, String decision) throws Failure, Gateway.ProblemException {
            ObjectNode body = Web.JSON.createObjectNode();
            body.put("decision", decision);
            body.put("reason", reason);
            JsonNode decided = signIn.gateway(terminal)
                    .post("approvals/" + Gateway.segment(Objects.requireNonNull(approval)) + "/decisions", body);
            format.print(terminal.out(), decided, out -> ApprovalText.print(out, decided));
            return Outcome.DONE.code();
        }
    }
}
