package org.countersign.bench;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.countersign.connector.intercept.JsonText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for the text of the frame that a verdict leaves in the recording, the journal not counted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final String DIGEST = "8bdfa382c1a884192c955bb63c22515347c9ac2a16fba072d79e3756f2b59408";
    private final UUID command = UUID.randomUUID();

    @Benchmark
    public String verdict() {
        return new JsonText()
                .put("command", command.toString())
                .put("verdict", "allow")
                .put("rules", List.of())
                .put("message", "")
                .put("sqlState", (String) null)
                .put("kind", "select")
                .put("policyVersion", 42)
                .put("actions", List.of("sql:select"))
                .put("resources", List.of("public.customers.(email,full_name,id)"))
                .put("functions", List.of())
                .put("treeDigest", DIGEST)
                .put("approval", (String) null)
                .text();
    }
}
