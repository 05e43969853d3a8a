package org.countersign.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countersign.wire.postgres.BackendDecoder;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.RowWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for one row of four text columns: from bytes to message, and from message to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowBenchmark {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final List<byte[]> VALUES = Stream.of(
                    "4711", "Anna Abel", "anna.abel1@mail.example", "411111******3739")
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final DataRow row = DataRow.of(VALUES);
    private final ByteBuf out = Unpooled.directBuffer(1024);
    private EmbeddedChannel channel = new EmbeddedChannel();
    private ByteBuf message = Unpooled.EMPTY_BUFFER;

    @Setup
    public void open() {
        channel = new EmbeddedChannel(new BackendDecoder(MAX_MESSAGE_BYTES));
        message = Unpooled.directBuffer();
        write(message);
    }

    @TearDown
    public void close() {
        message.release();
        out.release();
        channel.finishAndReleaseAll();
    }

    @Benchmark
    public Object decode() {
        channel.writeInbound(message.retainedDuplicate());
        return channel.readInbound();
    }

    @Benchmark
    public int encode() {
        write(out.clear());
        return out.writerIndex();
    }

    private void write(ByteBuf buffer) {
        var writer = new RowWriter(buffer, row.columns());
        for (int column = 0; column < row.columns(); column++) {
            writer.copy(row, column);
        }
        writer.end();
    }
}
