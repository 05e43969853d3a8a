package org.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.countersign.connector.postgres.analysis.TreeDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds to read the two printed trees of a statement and digest them; the trees are those of the tests' corpus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestBenchmark {
    private static final Path CORPUS = Path.of("../../proxy-connector/src/test/resources/corpus/postgres/trees/18");

    /** An UPDATE by key, about 4 kB of trees, and a recursive query, about 16 kB. */
    @Param({"update-by-key", "recursive"})
    public String statement = "";

    private String analysed = "";
    private String rewritten = "";

    @Setup
    public void read() throws IOException {
        String fixture = Files.readString(CORPUS.resolve(statement + ".txt"));
        analysed = part(fixture, "analysed");
        rewritten = part(fixture, "rewritten");
    }

    private static String part(String fixture, String title) {
        int begin = fixture.indexOf("== " + title + "\n") + title.length() + 4;
        int end = fixture.indexOf("\n== ", begin);
        return fixture.substring(begin, end < 0 ? fixture.length() : end);
    }

    @Benchmark
    public String digest() {
        return TreeDigest.of(analysed, rewritten);
    }
}
