package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.int16;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.text;
import static org.countersign.connector.TargetBytes.SECRET;
import static org.countersign.connector.TargetBytes.authentication;
import static org.countersign.connector.TargetBytes.diagnostic;
import static org.countersign.connector.TargetBytes.parameter;
import static org.countersign.connector.TargetBytes.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target that lies: it says what a real one said, with one thing of it changed. The gateway ends such a session, and not
 * itself, and shows the client nothing that it should not see.
 */
class HostileTargetTest {
    private static final long SEED = 20_260_101;
    private static final int EACH = 2;
    private static final int FLOOD = 50_000;
    private static final long HEAP_GROWTH = 48 << 20;
    private static final int AT_ONCE = 6;
    private static final String[] CARDS = new String[3];

    @Started
    private static DemoTarget target;

    @TempDir
    static Path directory;

    /** What a target says to a gateway that has not seen these statements before, and to one that has. */
    private static RecordedTarget fresh;

    private static RecordedTarget again;

    /** What becomes of one message of the recording. */
    @FunctionalInterface
    private interface Lie {
        byte[][] of(byte[] honest, Random random);
    }

    @BeforeAll
    static void record() throws Exception {
        try (var relay = new FakeTarget();
                var through = new TestGateway(
                        target.upstreamAt(relay.port()), directory.resolve("first"), 0, Optional.empty())) {
            for (int i = 0; i < CARDS.length; i++) {
                CARDS[i] = target.ask("select card_number from payments where id = " + (i + 1));
            }
            fresh = recorded(relay, through);
            again = recorded(relay, through);
        }
    }

    private static RecordedTarget recorded(FakeTarget relay, TestGateway through) throws IOException {
        var parts = new ArrayList<List<byte[]>>();
        relay.plays(RecordedTarget.recording(target.upstream().port(), parts));
        assertThat(talk(through.port()).ready()).isEqualTo(1 + questions().size());
        await().until(() -> through.sessions() == 0 && relay.open() == 0);
        return new RecordedTarget(List.copyOf(parts));
    }

    /** Signs in, asks several things, leaves; returns everything that came. */
    private static Heard talk(int port) throws IOException {
        try (var client = new ListeningClient(port)) {
            client.send(Bytes.startup("user", "mallory", "database", "shop"));
            client.send(message('p', text(TestCore.PASSWORD)));
            boolean good = client.hearReady();
            for (byte[] question : questions()) {
                if (good) {
                    client.send(question);
                    good = client.hearReady();
                }
            }
            return client.heard();
        }
    }

    private static List<byte[]> questions() {
        byte[] sync = message('S');
        byte[] parse = message('P', text("s"), text("select id, card_number from payments where id = $1"), int16(0));
        byte[] bind = message(
                'B', text(""), text("s"), int16(0), int16(1), int32(1), "2".getBytes(StandardCharsets.UTF_8), int16(0));
        byte[] describe = message('D', new byte[] {'P'}, text(""));
        byte[] execute = message('E', text(""), int32(0));
        return List.of(
                message('Q', text("select id, card_number from payments where id <= 3 order by id")),
                join(parse, bind, describe, execute, sync),
                join(bind, execute, sync),
                message('Q', text("select 1/0")),
                message('Q', text("begin")),
                message('Q', text("select card_number from payments where id = 3")),
                message('Q', text("commit")));
    }

    @Test
    void showsWhatAnHonestTargetSays() throws Exception {
        try (var own = new FakeTarget();
                var through = gateway(own, "honest")) {
            for (RecordedTarget honest : List.of(fresh, again)) {
                own.plays(honest.replay(10_000));
                Heard heard = talk(through.port());
                assertThat(heard.ready()).isEqualTo(1 + questions().size());
                assertThat(heard.text()).contains("SELECT 3", "22012", "COMMIT");
                check("nothing", heard);
            }
        }
    }

    @Test
    void takesAnswersThatComeByteByByte() throws Exception {
        try (var own = new FakeTarget();
                var through = gateway(own, "bytes")) {
            own.plays(line -> {
                line.welcome();
                line.patience(10_000);
                for (List<byte[]> part : fresh.parts()) {
                    if (part != fresh.parts().getFirst() && !line.asked()) {
                        return;
                    }
                    for (byte b : join(part.toArray(new byte[0][]))) {
                        line.say(new byte[] {b});
                    }
                }
                line.asked();
            });
            Heard heard = talk(through.port());
            assertThat(heard.ready()).isEqualTo(1 + questions().size());
            check("byte by byte", heard);
        }
    }

    @Test
    void endsWhateverTheTargetLiesAboutToAGatewayThatKnowsNothing() throws Exception {
        inTurn(lying(fresh, SEED), false);
    }

    @Test
    void endsWhateverTheTargetLiesAboutToAGatewayThatHasSeenItBefore() throws Exception {
        inTurn(lying(again, SEED + 1), true);
    }

    @Test
    void keepsLittleOfWhatNeverEnds() throws Exception {
        var floods = new LinkedHashMap<String, byte[]>();
        floods.put("rows", row("1", SECRET.repeat(4)));
        floods.put("notices", notice());
        floods.put("notifications", message('A', int32(1), text(SECRET), text(SECRET)));
        floods.put("parameters", parameter("application_name", "changed"));
        floods.put("trees", tree("{QUERY}"));
        var random = new Random(SEED);
        var plays = new LinkedHashMap<String, FakeTarget.Play>();
        floods.forEach((name, one) -> {
            byte[] endless = join(Collections.nCopies(FLOOD, one).toArray(new byte[0][]));
            for (int i = 0; i < EACH; i++) {
                int place = random.nextInt(fresh.messages());
                plays.put(
                        "endless " + name + " before " + place,
                        fresh.with(place, endless, fresh.message(place)).replay());
            }
        });
        long before = Belongings.now().heapBytes();
        inTurn(plays, false);
        assertThat(Belongings.now().heapBytes()).isLessThan(before + HEAP_GROWTH);
    }

    @Test
    void givesATargetUpThatFallsSilentWhereTheGatewayItselfAsks() throws Exception {
        boolean opened = false;
        for (int part = 1; !opened; part++) {
            RecordedTarget told = new RecordedTarget(fresh.parts().subList(0, part));
            try (var own = new FakeTarget();
                    var through = new TestGateway(
                            own.upstream(TlsMode.DISABLE),
                            directory.resolve("silent-" + part),
                            0,
                            Optional.empty(),
                            new ConnectionLimits(10, 10, Duration.ofSeconds(2), Duration.ofMillis(700), 10_000));
                    var client = new ListeningClient(through.port())) {
                own.plays(line -> {
                    told.replay(0).on(line);
                    line.silence();
                });
                client.send(Bytes.startup("user", "mallory", "database", "shop"));
                client.send(message('p', text(TestCore.PASSWORD)));
                opened = client.hearReady();
                if (opened) {
                    client.send(questions().getFirst());
                    client.hearOut();
                }
                assertThat(client.heard().stalled())
                        .as("silence behind part %d", part)
                        .isFalse();
                assertThat(client.heard().errors()).hasSize(1);
            }
        }
    }

    private static Map<String, FakeTarget.Play> lying(RecordedTarget recorded, long seed) {
        var random = new Random(seed);
        var plays = new LinkedHashMap<String, FakeTarget.Play>();
        lies(recorded).forEach((name, lie) -> {
            for (int i = 0; i < EACH; i++) {
                int place = random.nextInt(recorded.messages());
                byte[] honest = recorded.message(place);
                plays.put(
                        name + " at " + place,
                        recorded.with(place, lie.of(honest, random)).replay());
            }
        });
        for (int place = 0; place < recorded.messages(); place += 4) {
            plays.put("closed at " + place, cut(recorded, place, false));
            plays.put("reset at " + place, cut(recorded, place + 2, true));
        }
        int commit = last('C', recorded);
        unasked()
                .forEach((name, message) -> plays.put(
                        name + " before the end of the block",
                        recorded.with(commit, message, recorded.message(commit)).replay()));
        assertThat(plays).hasSizeGreaterThan(300);
        return plays;
    }

    private static int last(char tag, RecordedTarget recorded) {
        return IntStream.iterate(recorded.messages() - 1, place -> place >= 0, place -> place - 1)
                .filter(place -> recorded.message(place)[0] == tag)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Lie> lies(RecordedTarget recorded) {
        var lies = new LinkedHashMap<String, Lie>();
        lies.put("dropped", (honest, random) -> new byte[0][]);
        lies.put("twice", (honest, random) -> new byte[][] {honest, honest});
        for (int length : new int[] {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
            lies.put("length " + length, (honest, random) -> new byte[][] {declaring(honest, length)});
        }
        for (int more : new int[] {-4, -1, 1, 5, 4000}) {
            lies.put("length " + more + " more", (honest, random) ->
                    new byte[][] {declaring(honest, honest.length - 1 + more)});
        }
        lies.put("a flipped bit", (honest, random) -> {
            byte[] flipped = honest.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            return new byte[][] {flipped};
        });
        lies.put("a wild byte", (honest, random) -> {
            byte[] wild = honest.clone();
            wild[random.nextInt(wild.length)] = (byte) random.nextInt(256);
            return new byte[][] {wild};
        });
        lies.put("a shorter content", (honest, random) ->
                new byte[][] {reframed(honest, Arrays.copyOfRange(honest, 5, 5 + random.nextInt(honest.length - 4)))});
        lies.put("a longer content", (honest, random) -> new byte[][] {
            reframed(honest, join(Arrays.copyOfRange(honest, 5, honest.length), new byte[1 + random.nextInt(9)]))
        });
        lies.put("another message", (honest, random) ->
                new byte[][] {recorded.message(random.nextInt(recorded.messages()))});
        unasked().forEach((name, message) -> {
            lies.put(name + " before", (honest, random) -> new byte[][] {message, honest});
            lies.put(name + " instead", (honest, random) -> new byte[][] {message});
        });
        lies.put("a thousand notices before", (honest, random) -> {
            byte[][] many = new byte[1001][];
            Arrays.fill(many, notice());
            many[1000] = honest;
            return many;
        });
        return lies;
    }

    private static Map<String, byte[]> unasked() {
        var unasked = new LinkedHashMap<String, byte[]>();
        unasked.put("ready", TargetBytes.READY);
        unasked.put("ready in a state unheard of", message('Z', new byte[] {'Q'}));
        unasked.put("ready in a failed transaction", message('Z', new byte[] {'E'}));
        unasked.put("a row", row("1", SECRET));
        unasked.put("a row of one value", row(SECRET));
        unasked.put("a row of three values", row("1", SECRET, SECRET));
        unasked.put("a row of none", row());
        unasked.put("a row longer than its message", message('D', int16(2), int32(1), new byte[] {'1'}, int32(99)));
        unasked.put("a row of negative length", message('D', int16(1), int32(-2)));
        unasked.put("a description", TargetBytes.described("id", "card_number"));
        unasked.put("a description of three", TargetBytes.described("id", "card_number", "more"));
        unasked.put("a description of 65535", message('T', int16(0xffff)));
        unasked.put("parameters", message('t', int16(1), int32(25)));
        unasked.put("complete", message('C', text("SELECT 1")));
        unasked.put("complete with a secret", message('C', text(SECRET)));
        unasked.put("parsed", message('1'));
        unasked.put("bound", message('2'));
        unasked.put("closed", message('3'));
        unasked.put("no data", message('n'));
        unasked.put("suspended", message('s'));
        unasked.put("empty", message('I'));
        unasked.put("a copy in", message('G', new byte[] {0}, int16(0)));
        unasked.put("a copy out", message('H', new byte[] {0}, int16(1), int16(0)));
        unasked.put("a copy both", message('W', new byte[] {0}, int16(0)));
        unasked.put("copy data", message('d', text(SECRET)));
        unasked.put("copy done", message('c'));
        unasked.put("a function's result", message('V', int32(SECRET.length()), text(SECRET)));
        unasked.put("a sign-in", TargetBytes.OK);
        unasked.put("a question for a password", authentication(3));
        unasked.put("a question for SASL", TargetBytes.sasl(10, "SCRAM-SHA-256\0\0"));
        unasked.put("a late key", message('K', int32(1), int32(2)));
        unasked.put("a negotiation", message('v', int32(196_608), int32(1), text(SECRET)));
        unasked.put("a notification", message('A', int32(1), text(SECRET), text(SECRET)));
        unasked.put("an unknown parameter", parameter("countersign.secret", SECRET));
        unasked.put("other strings", parameter("standard_conforming_strings", "off"));
        unasked.put("a notice", notice());
        unasked.put("a notice of a state unheard of", diagnostic('N', "SNOTICE", "VNOTICE", "C" + SECRET, "Mx"));
        unasked.put("an error without a state", diagnostic('E', "SERROR", "M" + SECRET));
        unasked.put("an error of nothing", diagnostic('E'));
        unasked.put(
                "an error full of secrets",
                diagnostic(
                        'E',
                        "SERROR",
                        "VERROR",
                        "CP0001",
                        "M" + SECRET,
                        "D" + SECRET,
                        "H" + SECRET,
                        "P" + SECRET,
                        "p" + SECRET,
                        "q" + SECRET,
                        "W" + SECRET,
                        "s" + SECRET,
                        "t" + SECRET,
                        "c" + SECRET,
                        "d" + SECRET,
                        "n" + SECRET,
                        "x" + SECRET));
        unasked.put(
                "an error of a long state", diagnostic('E', "SERROR", "VERROR", "C42" + SECRET, "Mx", "W" + SECRET));
        unasked.put(
                "an error of a strange severity", diagnostic('E', "S" + SECRET, "V" + SECRET, "C42601", "Mx", "Wx"));
        unasked.put("a fatal error", diagnostic('E', "SFATAL", "VFATAL", "C57P01", "M" + SECRET));
        unasked.put("a forged tree", tree("{QUERY :commandType 1}"));
        unasked.put("a deep tree", tree("(".repeat(200_000)));
        unasked.put("a tree of braces", tree("{A :b ".repeat(100_000)));
        unasked.put("an unknown message", message('!', text(SECRET)));
        return unasked;
    }

    private static byte[] notice() {
        return diagnostic('N', "SNOTICE", "VNOTICE", "C00000", "M" + SECRET, "D" + SECRET, "W" + SECRET, "x" + SECRET);
    }

    private static byte[] tree(String tree) {
        return diagnostic(
                'N', "SLOG", "VLOG", "C00000", "Mparse tree:", "D" + tree, "Fprint.c", "L1", "Relog_node_display");
    }

    private static byte[] declaring(byte[] honest, int length) {
        return message((char) (honest[0] & 0xff), length, Arrays.copyOfRange(honest, 5, honest.length));
    }

    private static byte[] reframed(byte[] honest, byte[] content) {
        return message((char) (honest[0] & 0xff), content);
    }

    /** The recording up to a byte of this message. */
    private static FakeTarget.Play cut(RecordedTarget recorded, int place, boolean reset) {
        byte[] half = place < recorded.messages() ? recorded.message(place) : new byte[2];
        RecordedTarget before = recorded.with(place, Arrays.copyOf(half, half.length / 2));
        return line -> {
            line.welcome();
            line.patience(2000);
            int at = 0;
            for (List<byte[]> part : before.parts()) {
                if (part != before.parts().getFirst() && !line.asked()) {
                    return;
                }
                for (byte[] message : part) {
                    line.say(message);
                    if (at++ == place) {
                        if (reset) {
                            line.reset();
                        }
                        return;
                    }
                }
            }
        };
    }

    /** Plays everything, each on a gateway of its own, several side by side. */
    private static void inTurn(Map<String, FakeTarget.Play> plays, boolean seenBefore) throws Exception {
        var left = new ConcurrentLinkedQueue<>(plays.entrySet());
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < AT_ONCE; i++) {
                done.add(threads.submit(() -> {
                    for (var next = left.poll(); next != null; next = left.poll()) {
                        play(next.getKey(), next.getValue(), seenBefore);
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }

    private static void play(String name, FakeTarget.Play play, boolean seenBefore) throws IOException {
        try (var own = new FakeTarget();
                var through = gateway(own, (seenBefore ? "again " : "fresh ") + name)) {
            if (seenBefore) {
                own.plays(fresh.replay(10_000));
                assertThat(talk(through.port()).ready())
                        .isEqualTo(1 + questions().size());
            }
            own.plays(play);
            check(name, talk(through.port()));
            await().atMost(Duration.ofSeconds(20)).until(() -> through.sessions() == 0 && own.open() == 0);
        }
    }

    private static TestGateway gateway(FakeTarget own, String name) throws IOException {
        return new TestGateway(
                own.upstream(TlsMode.DISABLE), directory.resolve(name.replace(' ', '-')), 0, Optional.empty());
    }

    private static void check(String name, Heard heard) {
        assertThat(heard.stalled()).as("%s leaves the client waiting", name).isFalse();
        assertThat(heard.text()).as(name).doesNotContain(SECRET).doesNotContain(CARDS);
        assertThat(heard.errors())
                .as("errors of %s", name)
                .allSatisfy(error -> assertThat(error.diagnostic().sqlState()).matches("[0-9A-Z]{5}"))
                .allSatisfy(error -> assertThat(error.diagnostic().severity()).isIn("ERROR", "FATAL"));
    }
}
