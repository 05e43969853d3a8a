package org.countersign.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command for users. The script of the same name starts it for everything that is not about servers. */
@Command(
        name = "countersign",
        description = "Tokens, policy as code, approvals, roles for a time, explanations and the check of recordings.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Countersign.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:diff found differences, verify found a fault",
            "2:wrong command line, file or environment; nothing was sent",
            "3:not signed in, or the token or secret was not accepted",
            "4:the gateway or the identity provider does not answer",
            "5:the gateway refused"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  COUNTERSIGN_HOME         state directory (default .countersign)",
            "  COUNTERSIGN_PORT_OFFSET  added to the ports 8080 (portal) and 8180 (Keycloak)",
            "  COUNTERSIGN_URL          address of the portal, when it is elsewhere",
            "  COUNTERSIGN_OIDC_ISSUER  the OIDC issuer, when it is elsewhere"
        })
public final class Countersign {
    private Countersign() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    static CommandLine commandLine(Terminal terminal) {
        var line = new CommandLine(new Countersign());
        line.addSubcommand(new TokenCommand(terminal));
        line.addSubcommand(new LoginCommand(terminal, Thread::sleep));
        line.addSubcommand(new LogoutCommand(terminal));
        line.addSubcommand(new WhoAmICommand(terminal));
        line.addSubcommand(new ApplyCommand(terminal));
        line.addSubcommand(new DiffCommand(terminal));
        line.addSubcommand(new ExportCommand(terminal));
        line.addSubcommand(new ChangesCommand(terminal));
        line.addSubcommand(new ConfirmCommand(terminal));
        line.addSubcommand(new CommandLine(new ApprovalsCommand())
                .addSubcommand(new ApprovalsCommand.Listing(terminal))
                .addSubcommand(new ApprovalsCommand.Show(terminal))
                .addSubcommand(new ApprovalsCommand.Approve(terminal))
                .addSubcommand(new ApprovalsCommand.Reject(terminal)));
        line.addSubcommand(new CommandLine(new GrantsCommand())
                .addSubcommand(new GrantsCommand.Listing(terminal))
                .addSubcommand(new GrantsCommand.Eligible(terminal))
                .addSubcommand(new GrantsCommand.Show(terminal))
                .addSubcommand(new GrantsCommand.Request(terminal))
                .addSubcommand(new GrantsCommand.End(terminal)));
        line.addSubcommand(new CommandLine(new BreakGlassCommand())
                .addSubcommand(new BreakGlassCommand.Listing(terminal))
                .addSubcommand(new BreakGlassCommand.Available(terminal))
                .addSubcommand(new BreakGlassCommand.Start(terminal))
                .addSubcommand(new BreakGlassCommand.End(terminal))
                .addSubcommand(new BreakGlassCommand.Review(terminal)));
        line.addSubcommand(new ExplainCommand(terminal));
        line.addSubcommand(new VerifyCommand(terminal));
        line.addSubcommand(new VerifyReportCommand(terminal));
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler(Countersign::misused)
                .setExecutionExceptionHandler((e, failed, parsed) -> failed(e, failed));
    }

    /** Quotes names of options only: a value that does not fit may be a secret. */
    private static int misused(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(
                switch (e) {
                    case UnmatchedArgumentException unmatched ->
                        unmatched.getUnmatched().stream()
                                .filter(argument -> argument.startsWith("-"))
                                .map(argument -> "unknown option " + argument.split("=", 2)[0])
                                .findFirst()
                                .orElse("too many arguments");
                    case MissingParameterException missing -> Visible.line(String.valueOf(missing.getMessage()));
                    default -> "an argument does not fit";
                });
        e.getCommandLine().usage(err);
        return Outcome.USAGE.code();
    }

    private static int failed(Exception e, CommandLine line) throws Exception {
        Failure failure = switch (e) {
            case Failure known -> known;
            case Gateway.ProblemException problem -> problem.failure();
            default -> throw e;
        };
        line.getErr().println("countersign: " + failure.getMessage());
        return failure.outcome().code();
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "countersign "
                        + Optional.ofNullable(Countersign.class.getPackage().getImplementationVersion())
                                .orElse("unpackaged")
            };
        }
    }
}
