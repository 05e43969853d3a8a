package org.countersign.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.countersign.cli.verify.Fault;
import org.countersign.cli.verify.JournalVerifier;
import org.countersign.cli.verify.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks recordings without the gateway. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks recordings offline.",
            "Needs neither the gateway nor its code. Checked are every segment's header and digest, every frame's"
                    + " checksum and hash, the chain and the sequence of every session.",
            "Exit code 1 and the place of the first fault when something is not as it was written."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The journal; default COUNTERSIGN_JOURNAL_DIR or COUNTERSIGN_HOME/journal.")
    private @Nullable Path directory;

    @Option(
            names = "--live",
            description = "The gateway is writing now: an unfinished frame at the very end is no fault.")
    private boolean live;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Path journal = journal();
        Report report;
        try {
            report = JournalVerifier.verify(journal);
        } catch (IOException e) {
            throw Failure.usage("cannot read the journal in " + journal);
        }
        if (report.segments().isEmpty() && report.fault().isEmpty()) {
            throw Failure.usage("there is no journal in " + journal);
        }
        PrintWriter out = terminal.out();
        report.segments()
                .forEach(segment -> out.println("segment " + segment.number() + ": " + segment.frames() + " frames, "
                        + segment.bytes() + " bytes"));
        report.sessions()
                .forEach(session -> out.println("session " + session.id() + ": " + session.frames()
                        + " frames, " + session.first() + " to " + session.last()
                        + (session.ended() ? "" : ", without an end")));
        report.remarks().forEach(remark -> out.println("note: " + remark));
        return verdict(report, out).code();
    }

    private Outcome verdict(Report report, PrintWriter out) {
        String totals = report.segments().size() + " segments, "
                + report.sessions().size() + " sessions, " + report.frames() + " frames";
        Optional<Fault> fault = report.fault();
        if (fault.isPresent() && !(live && fault.orElseThrow().unfinished())) {
            out.println("FAULT " + fault.orElseThrow());
            out.println(
                    fault.orElseThrow().unfinished()
                            ? "nothing follows: an interrupted write leaves this, and so does cutting or changing the end"
                            : "what follows was not checked");
            return Outcome.DIFFERENT;
        }
        fault.ifPresent(unfinished -> out.println("note: the gateway was writing: " + unfinished));
        out.println("intact: " + totals);
        return Outcome.DONE;
    }

    private Path journal() throws Failure {
        Path journal = directory;
        if (journal == null) {
            String named = terminal.environment().getOrDefault("COUNTERSIGN_JOURNAL_DIR", "");
            journal = named.isEmpty() ? terminal.settings().home().resolve("journal") : Path.of(named);
        }
        if (!Files.isDirectory(journal)) {
            throw Failure.usage("there is no directory " + journal);
        }
        return journal;
    }
}
