package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.countersign.cli.verify.ReportVerifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a segregation report without the gateway. */
@Command(
        name = "verify-report",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a signed segregation report offline.",
            "The signature is checked with the public key, and for every row it is computed again that those who asked"
                    + " and those who agreed are different persons.",
            "Exit code 1 when the file was changed, another key signed it, or its proof does not hold."
        })
final class VerifyReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The report.")
    private @Nullable Path file;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The gateway's public key, as GET /api/v1/evidence/key answered it once.")
    private @Nullable Path key;

    VerifyReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        JsonNode jwk = Web.json(new String(read(Objects.requireNonNull(key)), java.nio.charset.StandardCharsets.UTF_8));
        ReportVerifier.Verdict verdict;
        try {
            verdict = ReportVerifier.verify(read(Objects.requireNonNull(file)), jwk);
        } catch (IOException e) {
            throw Failure.usage("the report cannot be read: its data is not JSON");
        }
        verdict.faults().forEach(fault -> terminal.out().println("FAULT " + Visible.line(fault)));
        if (!verdict.faults().isEmpty()) {
            return Outcome.DIFFERENT.code();
        }
        terminal.out()
                .println("signed by this key and unchanged; proved again: " + verdict.rows() + " rows"
                        + (verdict.unproved() == 0
                                ? ""
                                : ", of which " + verdict.unproved() + " hold no sets to prove them with"));
        return Outcome.DONE.code();
    }

    private static byte[] read(Path path) throws Failure {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw Failure.usage("cannot read " + path);
        }
    }
}
