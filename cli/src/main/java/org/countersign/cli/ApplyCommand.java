package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposes manifests as a change. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Proposes manifests as one change.",
            "What they do not name stays as it is. Nothing is active before a second administrator confirms the change."
        })
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-f", required = true, paramLabel = "FILE_OR_DIR", description = "YAML file, or directory of them.")
    private @Nullable Path source;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; whoever confirms it and every auditor reads it.")
    private @Nullable String reason;

    @Option(names = "--ticket", paramLabel = "ID", description = "What it is called elsewhere.")
    private @Nullable String ticket;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        ManifestSet manifests = ManifestSet.read(Objects.requireNonNull(source));
        try {
            JsonNode change = signIn.gateway(terminal).sendYaml("PUT", path(), manifests.yaml());
            format.print(terminal.out(), change, out -> {
                Differences.print(out, change.path("diff"));
                Changes.next(out, change);
            });
            return Outcome.DONE.code();
        } catch (Gateway.ProblemException problem) {
            return ManifestProblems.explained(terminal.err(), manifests, problem)
                    .code();
        }
    }

    private String path() {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (reason != null) {
            query.add("reason=" + Gateway.segment(reason));
        }
        if (ticket != null) {
            query.add("ticket=" + Gateway.segment(ticket));
        }
        return "manifests" + query;
    }
}
