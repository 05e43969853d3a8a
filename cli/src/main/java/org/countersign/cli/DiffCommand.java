package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares manifests with the policy. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {"Shows what apply would change.", "Nothing is changed. Exit code 1 when there are differences."})
final class DiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-f", required = true, paramLabel = "FILE_OR_DIR", description = "YAML file, or directory of them.")
    private @Nullable Path source;

    @Mixin
    private final SignIn signIn = new SignIn();

    @Mixin
    private final Format format = new Format();

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, Gateway.ProblemException {
        ManifestSet manifests = ManifestSet.read(Objects.requireNonNull(source));
        try {
            JsonNode answer = signIn.gateway(terminal).sendYaml("POST", "manifests/diff", manifests.yaml());
            JsonNode diff = answer.path("diff");
            format.print(terminal.out(), answer, out -> Differences.print(out, diff));
            return (diff.isEmpty() ? Outcome.DONE : Outcome.DIFFERENT).code();
        } catch (Gateway.ProblemException problem) {
            return ManifestProblems.explained(terminal.err(), manifests, problem)
                    .code();
        }
    }
}
