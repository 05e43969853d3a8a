package org.countersign.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.intercept.ValueForm;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Nanoseconds to show one row of four text columns: in clear, with two masked, and with detectors over the clear ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {
    private static final List<byte[]> ROW = Stream.of(
                    "4711", "Anna Abel", "anna.abel1@mail.example", "4111111111111111")
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .toList();
    private static final List<MaskKind> CLEAR = List.of(MaskKind.CLEAR, MaskKind.CLEAR, MaskKind.CLEAR, MaskKind.CLEAR);
    private static final List<MaskKind> MASKED =
            List.of(MaskKind.CLEAR, MaskKind.CLEAR, MaskKind.PARTIAL, MaskKind.FIRST6LAST4);

    private final ResponseMasker nothing = masker(CLEAR, Map.of());
    private final ResponseMasker columns = masker(MASKED, Map.of());
    private final ResponseMasker detectors =
            masker(MASKED, Map.of("pan", MaskKind.FIRST6LAST4, "email", MaskKind.PARTIAL));

    @Benchmark
    public void clear(Blackhole seen) {
        show(nothing, seen);
    }

    @Benchmark
    public void twoColumns(Blackhole seen) {
        show(columns, seen);
    }

    @Benchmark
    public void twoColumnsAndDetectors(Blackhole seen) {
        show(detectors, seen);
    }

    private static void show(ResponseMasker masker, Blackhole seen) {
        for (int column = 0; column < ROW.size(); column++) {
            seen.consume(masker.shown(column, ROW.get(column)));
        }
        seen.consume(masker.takeMasked());
    }

    private static ResponseMasker masker(List<MaskKind> masks, Map<String, MaskKind> detectors) {
        var column = new ResultColumn("value", "text", new Text());
        return new ResponseMasker(
                List.of(column, column, column, column),
                new MaskPlan(masks, detectors, true, Long.MAX_VALUE),
                new HashKey(new byte[32]));
    }

    /** Values of type text, as PostgreSQL writes them in both formats. */
    private static final class Text implements ValueForm {
        @Override
        public Optional<String> text(byte[] value) {
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        }

        @Override
        public Optional<byte[]> replaced(String masked) {
            return edited(masked);
        }

        @Override
        public Optional<byte[]> edited(String masked) {
            return Optional.of(masked.getBytes(StandardCharsets.UTF_8));
        }
    }
}
