package org.countersign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Text for people or the JSON of the REST interface for programs. */
final class Format {
    @Option(names = "--json", description = "Print the answer of the REST interface as it is.")
    private boolean json;

    void print(PrintWriter out, JsonNode answer, Consumer<PrintWriter> text) {
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            text.accept(out);
        }
    }
}
