package org.countersign.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.countersign.wire.WireException;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.NegotiateProtocolVersion;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.BackendMessage.RowDescription;
import org.junit.jupiter.api.Test;

/** Valid streams with random wounds: whatever comes out is a message or a WireException. */
class DecodersFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final int LIMIT = 4_096;

    @Test
    void frontendDecoderAnswersWithMessagesOrWireExceptions() {
        ByteBuf stream = Unpooled.buffer();
        FrontendWriter.write(new FrontendMessage.Query("select 1"), stream);
        FrontendWriter.write(new FrontendMessage.Parse("s", "select $1", List.of(23)), stream);
        FrontendWriter.write(
                new FrontendMessage.Bind(
                        "p", "s", List.of(Format.TEXT), Arrays.asList(new byte[] {'7'}), List.of(Format.BINARY)),
                stream);
        FrontendWriter.write(new FrontendMessage.Describe(Subject.PORTAL, "p"), stream);
        FrontendWriter.write(new FrontendMessage.Execute("p", 10), stream);
        FrontendWriter.write(FrontendMessage.Password.ofSaslInitial("M", new byte[] {1}), stream);
        FrontendWriter.write(new FrontendMessage.Sync(), stream);

        fuzz(1, bytes(stream), () -> new FrontendDecoder(LIMIT));
    }

    @Test
    void backendDecoderAnswersWithMessagesOrWireExceptions() {
        ByteBuf stream = Unpooled.buffer();
        BackendWriter.write(new Authentication.Sasl(List.of("SCRAM-SHA-256")), stream);
        BackendWriter.write(
                new RowDescription(
                        List.of(new BackendMessage.Column("id", 1, (short) 1, 23, (short) 4, -1, Format.TEXT))),
                stream);
        BackendWriter.write(DataRow.of(Arrays.asList(new byte[] {'7'}, null)), stream);
        BackendWriter.write(new CommandComplete("SELECT 1"), stream);
        BackendWriter.write(new ErrorResponse(Diagnostic.of("ERROR", "42501", "no")), stream);
        BackendWriter.write(new NegotiateProtocolVersion(0, List.of("a")), stream);
        BackendWriter.write(new ReadyForQuery(TransactionStatus.IDLE), stream);

        fuzz(2, bytes(stream), () -> new BackendDecoder(LIMIT));
    }

    @Test
    void startupDecoderAnswersWithPacketsOrWireExceptions() {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "anna");
        parameters.put("database", "shop");
        ByteBuf stream = Unpooled.buffer();
        StartupWriter.write(new StartupPacket.Startup(3, 0, parameters), stream);

        fuzz(3, bytes(stream), StartupDecoder::new);
    }

    private static void fuzz(long seed, byte[] stream, Supplier<ChannelHandler> decoders) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] wounded = wound(random, stream);
            EmbeddedChannel channel = new EmbeddedChannel(decoders.get());
            try {
                int cut = random.nextInt(wounded.length + 1);
                channel.writeInbound(Unpooled.wrappedBuffer(wounded, 0, cut));
                channel.writeInbound(Unpooled.wrappedBuffer(wounded, cut, wounded.length - cut));
            } catch (WireException e) {
                assertThat(e).hasMessageNotContaining("anna");
            } finally {
                channel.finishAndReleaseAll();
            }
        }
    }

    private static byte[] wound(Random random, byte[] stream) {
        byte[] wounded = Arrays.copyOf(stream, stream.length - (random.nextInt(4) == 0 ? random.nextInt(8) : 0));
        for (int wounds = 1 + random.nextInt(4); wounds > 0; wounds--) {
            int at = random.nextInt(wounded.length);
            wounded[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) 0xff;
                case 2 -> 0;
                default -> (byte) (wounded[at] ^ 1 << random.nextInt(8));
            };
        }
        return wounded;
    }

    private static byte[] bytes(ByteBuf stream) {
        byte[] bytes = new byte[stream.readableBytes()];
        stream.readBytes(bytes).release();
        return bytes;
    }
}
