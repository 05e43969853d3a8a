package org.countersign.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.countersign.wire.postgres.FrontendDecoder;
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

/** Nanoseconds to turn the bytes of one Query of 80 characters into a message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private EmbeddedChannel channel = new EmbeddedChannel();
    private ByteBuf query = Unpooled.EMPTY_BUFFER;

    @Setup
    public void open() {
        channel = new EmbeddedChannel(new FrontendDecoder(MAX_MESSAGE_BYTES));
        byte[] sql = "select id, full_name, email from public.customers where id = 42 order by created_at"
                .getBytes(StandardCharsets.UTF_8);
        query = Unpooled.directBuffer();
        query.writeByte('Q')
                .writeInt(Integer.BYTES + sql.length + 1)
                .writeBytes(sql)
                .writeByte(0);
    }

    @TearDown
    public void close() {
        query.release();
        channel.finishAndReleaseAll();
    }

    @Benchmark
    public Object query() {
        channel.writeInbound(query.retainedDuplicate());
        return channel.readInbound();
    }
}
