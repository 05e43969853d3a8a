package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.countersign.connector.Bytes.int32;
import static org.countersign.connector.Bytes.join;
import static org.countersign.connector.Bytes.message;
import static org.countersign.connector.Bytes.text;
import static org.countersign.connector.TargetBytes.OK;
import static org.countersign.connector.TargetBytes.READY;
import static org.countersign.connector.TargetBytes.SECRET;
import static org.countersign.connector.TargetBytes.authentication;
import static org.countersign.connector.TargetBytes.diagnostic;
import static org.countersign.connector.TargetBytes.parameter;
import static org.countersign.connector.TargetBytes.sasl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.countersign.connector.FakeTarget.Line;
import org.countersign.connector.FakeTarget.Play;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.model.port.SessionGrant.TlsMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A target that does not sign the gateway in as a server does: the client is told that it cannot be reached, in time. */
class TargetSignInFaultsTest {
    private static final int FLOOD = 20_000;
    private static final List<String> ENDS = List.of("08006", "28000", "SD005");

    @TempDir
    static Path directory;

    static Stream<Arguments> faults() {
        var faults = new LinkedHashMap<String, Play>();
        faults.put("says nothing", Line::silence);
        faults.put("leaves", line -> {});
        faults.put("resets", Line::reset);
        questions().forEach((name, bytes) -> {
            faults.put("asks for " + name, opened(bytes));
            faults.put("asks for " + name + " and leaves", line -> {
                line.opening();
                line.say(bytes);
            });
        });
        challenges().forEach((name, challenge) -> faults.put("SCRAM with " + name, challenged(challenge)));
        proofs().forEach((name, bytes) -> faults.put("SCRAM ends with " + name, proved(bytes)));
        greetings().forEach((name, bytes) -> faults.put("is welcome, then " + name, opened(join(OK, bytes))));
        return faults.entrySet().stream().map(fault -> Arguments.of(fault.getKey(), fault.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isToldToTheClient(String name, Play play) throws Exception {
        tried(TlsMode.DISABLE, name, play);
    }

    static Stream<Arguments> answersToAnSslRequest() {
        var answers = new LinkedHashMap<String, byte[]>();
        // PostgreSQL CVE-2021-23222: what came in clear behind the answer passed for encrypted
        answers.put("yes with bytes behind it", join(new byte[] {'S'}, OK, READY));
        answers.put("no with bytes behind it", join(new byte[] {'N'}, OK, READY));
        answers.put("yes and no TLS", join(new byte[] {'S'}));
        answers.put("an unknown byte", new byte[] {'X'});
        answers.put("an error", diagnostic('E', "SFATAL", "C08P01", "M" + SECRET));
        answers.put("nothing", new byte[0]);
        return answers.entrySet().stream()
                .flatMap(answer -> Stream.of(TlsMode.PREFER, TlsMode.REQUIRE, TlsMode.VERIFY_FULL)
                        .map(mode -> Arguments.of(answer.getKey(), mode, answer.getValue())));
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("answersToAnSslRequest")
    void isToldToTheClientWhenTlsFails(String name, TlsMode mode, byte[] answer) throws Exception {
        tried(mode, name + mode, opened(answer));
        tried(mode, name + mode + " and garbage", line -> {
            line.opening();
            line.say(answer);
            line.opening();
            line.say(join(new byte[] {22, 3, 3, 0, 40}, new byte[40], OK, READY));
            line.silence();
        });
    }

    private static Map<String, byte[]> questions() {
        var questions = new LinkedHashMap<String, byte[]>();
        questions.put("a cleartext password", authentication(3));
        questions.put("an MD5 password", authentication(5, int32(7)));
        questions.put("GSSAPI", authentication(7));
        questions.put("SSPI", authentication(9));
        questions.put("what nobody knows", authentication(99));
        questions.put("a negative method", authentication(-1));
        questions.put("no mechanism", sasl(10, "\0"));
        questions.put("an unknown mechanism", sasl(10, "PLAIN\0\0"));
        questions.put("channel binding without TLS", sasl(10, "SCRAM-SHA-256-PLUS\0\0"));
        questions.put("mechanisms without an end", sasl(10, "SCRAM-SHA-256"));
        questions.put("SASL twice", join(sasl(10, "SCRAM-SHA-256\0\0"), sasl(10, "SCRAM-SHA-256\0\0")));
        questions.put("the end of SASL", sasl(12, "v=AAAA"));
        questions.put("more of SASL", sasl(11, "r=a,s=AAAA,i=4096"));
        questions.put("nothing and is ready", READY);
        questions.put("nothing and has an error", diagnostic('E', "SERROR", "M" + SECRET));
        questions.put("nothing and has rows", TargetBytes.row(SECRET));
        questions.put("nothing that has a length", message('R', 0));
        questions.put("more than is kept", message('R', Integer.MAX_VALUE));
        questions.put("another protocol", message('v', int32(196_608), int32(Integer.MAX_VALUE)));
        return questions;
    }

    /** What stands for the server's first message, made of the client's nonce. */
    private static Map<String, UnaryOperator<String>> challenges() {
        var challenges = new LinkedHashMap<String, UnaryOperator<String>>();
        challenges.put("a nonce of its own", nonce -> "r=another,s=AAAA,i=4096");
        challenges.put("the client's nonce alone", nonce -> "r=" + nonce + ",s=AAAA,i=4096");
        challenges.put("a nonce that is too long", nonce -> "r=" + nonce + "x".repeat(1 << 20) + ",s=AAAA,i=4096");
        for (String iterations : List.of("2147483647", "2147483648", "4294967296", "1000001", "0", "-1", "x", "")) {
            challenges.put(iterations + " iterations", nonce -> "r=" + nonce + "x,s=AAAA,i=" + iterations);
        }
        challenges.put("no salt", nonce -> "r=" + nonce + "x,s=,i=4096");
        challenges.put("a salt that is none", nonce -> "r=" + nonce + "x,s=!!!,i=4096");
        challenges.put("a part missing", nonce -> "r=" + nonce + "x,i=4096");
        challenges.put("an extension", nonce -> "m=x,r=" + nonce + "x,s=AAAA,i=4096");
        challenges.put("nothing", nonce -> "");
        challenges.put("an error", nonce -> "e=other-error");
        return challenges;
    }

    /** What follows the client's proof. */
    private static Map<String, byte[]> proofs() {
        var proofs = new LinkedHashMap<String, byte[]>();
        proofs.put("no proof of its own", join(OK, READY));
        proofs.put("a wrong proof", join(sasl(12, "v=AAAA"), OK, READY));
        proofs.put("a proof of nothing", join(sasl(12, ""), OK, READY));
        proofs.put("an error as proof", join(sasl(12, "e=invalid-proof"), OK, READY));
        proofs.put("another round", sasl(11, "r=a,s=AAAA,i=999999"));
        proofs.put("a question for a password", authentication(3));
        proofs.put("silence", new byte[0]);
        return proofs;
    }

    private static Map<String, byte[]> greetings() {
        var greetings = new LinkedHashMap<String, byte[]>();
        byte[] strings = parameter("standard_conforming_strings", "on");
        greetings.put("says nothing", new byte[0]);
        greetings.put("says nothing more", join(strings, READY));
        greetings.put("reads strings otherwise", join(parameter("standard_conforming_strings", "off"), READY));
        greetings.put("does not say how it reads strings", READY);
        greetings.put("is ready twice", join(strings, READY, READY));
        greetings.put("is in a transaction", join(strings, message('Z', new byte[] {'T'})));
        greetings.put("has a version that is none", join(strings, parameter("server_version", "9".repeat(99)), READY));
        greetings.put("has a key that is none", message('K', int32(1)));
        greetings.put("has a key that is too long", message('K', int32(1), new byte[257]));
        greetings.put("has an error", diagnostic('E', "SFATAL", "C53300", "M" + SECRET));
        greetings.put("answers what nobody asked", join(strings, READY, message('1'), message('C', text(SECRET))));
        greetings.put("never ends its parameters", flood(i -> parameter("p" + i, SECRET.repeat(20))));
        greetings.put("never ends its notices", flood(i -> diagnostic('N', "SNOTICE", "C00000", "M" + SECRET)));
        greetings.put("never ends its welcome", flood(i -> OK));
        greetings.put("has a parameter of a size", parameter("p", SECRET.repeat(1 << 14)));
        return greetings;
    }

    private static byte[] flood(java.util.function.IntFunction<byte[]> message) {
        var all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < FLOOD; i++) {
            all.writeBytes(message.apply(i));
        }
        return all.toByteArray();
    }

    private static Play opened(byte[] bytes) {
        return line -> {
            line.opening();
            line.say(bytes);
            line.silence();
        };
    }

    private static Play challenged(UnaryOperator<String> challenge) {
        return line -> {
            line.opening();
            line.say(sasl(10, "SCRAM-SHA-256\0\0"));
            line.say(sasl(11, challenge.apply(nonce(line.next()))));
            line.silence();
        };
    }

    private static Play proved(byte[] bytes) {
        return line -> {
            line.opening();
            line.say(sasl(10, "SCRAM-SHA-256\0\0"));
            line.say(sasl(11, "r=" + nonce(line.next()) + "x,s=AAAAAAAAAAAAAAAA,i=4096"));
            line.next();
            line.say(bytes);
            line.silence();
        };
    }

    private static String nonce(byte[] first) {
        String said = new String(first, StandardCharsets.UTF_8);
        return said.substring(said.lastIndexOf("r=") + 2);
    }

    private static void tried(TlsMode mode, String name, Play play) throws IOException {
        try (var own = new FakeTarget();
                var gateway = new TestGateway(
                        own.upstream(mode),
                        directory.resolve(name.replace(' ', '-')),
                        0,
                        Optional.empty(),
                        new ConnectionLimits(10, 10, Duration.ofSeconds(1), Duration.ofSeconds(1), 10_000));
                var client = new ListeningClient(gateway.port())) {
            own.plays(play);
            client.send(Bytes.startup("user", "mallory", "database", "shop"));
            client.send(message('p', text(TestCore.PASSWORD)));
            client.hearOut();
            Heard heard = client.heard();
            assertThat(heard.stalled()).as(name).isFalse();
            assertThat(heard.ready()).isZero();
            assertThat(heard.text()).doesNotContain(SECRET);
            assertThat(heard.errors()).singleElement().satisfies(error -> {
                assertThat(error.diagnostic().severity()).isEqualTo("FATAL");
                assertThat(error.diagnostic().sqlState()).isIn(ENDS);
            });
            await().atMost(Duration.ofSeconds(10)).until(() -> gateway.sessions() == 0 && own.open() == 0);
        }
    }
}
