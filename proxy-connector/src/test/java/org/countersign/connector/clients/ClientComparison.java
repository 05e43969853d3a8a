package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has a client do its work directly and through the gateway; what it sees may differ by what is accepted, no more and no less. */
record ClientComparison(int version, Endpoint direct, Endpoint guarded, Preparation preparation) {
    private static final Normalisation NORMALISATION = Normalisation.standard();
    private static final AcceptedDifferences ACCEPTED = AcceptedDifferences.standard();

    /** Makes what both ways begin with. */
    interface Preparation {
        void run() throws Exception;
    }

    /** @param fewest operations that the client has to have done */
    void compare(Client client, int fewest) throws Exception {
        Transcript directly = operated(client, "direct", direct);
        Transcript through = operated(client, "gateway", guarded);
        assertThat(directly.operations()).hasSizeGreaterThanOrEqualTo(fewest);
        Map<String, List<String>> accepted = ACCEPTED.of(client.name(), version);
        assertThat(directly.operations().keySet()).containsAll(accepted.keySet());
        var differences = new ArrayList<String>();
        for (String operation : directly.operations().keySet()) {
            List<String> seen =
                    AcceptedDifferences.written(LineDifference.between(directly.of(operation), through.of(operation)));
            List<String> expected = accepted.getOrDefault(operation, List.of());
            if (!seen.equals(expected)) {
                differences.add(client.name() + ": " + operation + "\n" + String.join("\n", seen)
                        + (expected.isEmpty() ? "" : "\nis not what is accepted:\n" + String.join("\n", expected)));
            }
        }
        assertThat(String.join("\n\n", differences)).isEmpty();
        assertThat(through.operations().keySet())
                .containsExactlyElementsOf(directly.operations().keySet());
    }

    private Transcript operated(Client client, String way, Endpoint endpoint) throws Exception {
        preparation.run();
        Transcript transcript = Transcript.of(client.operate(endpoint), NORMALISATION);
        write(client.name() + "-" + version + "-" + way, transcript);
        return transcript;
    }

    private static void write(String name, Transcript transcript) throws IOException {
        Path copy = Path.of("target", "clients", name + ".txt");
        Files.createDirectories(copy.getParent());
        var lines = new ArrayList<String>();
        transcript.operations().forEach((operation, seen) -> {
            lines.add("== " + operation);
            lines.addAll(seen);
        });
        Files.write(copy, lines, StandardCharsets.UTF_8);
    }
}
