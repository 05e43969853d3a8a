package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.countersign.model.port.AccessRequest;
import org.countersign.model.port.Secret;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.Diagnostic;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.StartupPacket;
import org.countersign.wire.postgres.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSignInTest {
    private final Wire wire = new Wire();

    PostgresSignInTest() throws IOException {}

    @AfterEach
    void leave() {
        wire.channel.finishAndReleaseAll();
        assertThat(wire.live.count()).isZero();
    }

    @Test
    void declinesEncryptionItDoesNotHave() {
        wire.send(new StartupPacket.SslRequest());
        assertThat(wire.answer()).isEqualTo('N');
        wire.send(new StartupPacket.GssEncRequest());
        assertThat(wire.answer()).isEqualTo('N');
    }

    @Test
    void closesOnBytesGluedBehindAnSslRequest() {
        wire.bytes(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47, 0, 0, 0, 9}));
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void closesOnASecondSslRequest() {
        wire.send(new StartupPacket.SslRequest());
        assertThat(wire.answer()).isEqualTo('N');
        wire.send(new StartupPacket.SslRequest());
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void takesACancelRequestWithoutAWord() {
        wire.send(new StartupPacket.CancelRequest(1, new byte[4]));
        assertThat(wire.closed()).isTrue();
        assertThat(wire.received()).isEmpty();
    }

    @Test
    void closesWithoutAWordWhereTlsFailed() {
        wire.startup("user", "frank");
        wire.received();
        wire.channel
                .pipeline()
                .fireExceptionCaught(new DecoderException(new SSLHandshakeException("no application protocol")));
        assertThat(wire.closed()).isTrue();
        assertThat(wire.received()).isEmpty();
    }

    @Test
    void asksAPlainNameForItsToken() {
        wire.startup("user", "frank", "database", "shop");
        assertThat(wire.received()).containsExactly(new Authentication.CleartextPassword());
        wire.send(Password.ofText("token"));
        assertThat(wire.asked).hasSize(1);
        assertThat(wire.asked.getFirst().user()).isEqualTo("frank");
        assertThat(wire.asked.getFirst().proof()).isEqualTo(new AccessRequest.Proof.Token(new Secret("token")));
        assertThat(sqlStates(wire.received())).containsExactly("28P01");
        assertThat(wire.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void speaksEveryMinorVersionThereIs(int minor) {
        wire.send(new StartupPacket.Startup(3, minor, new LinkedHashMap<>(Map.of("user", "frank"))));
        assertThat(wire.received()).containsExactly(new Authentication.CleartextPassword());
    }

    @ParameterizedTest
    @CsvSource({"3,196610", "9999,196610", "65535,196610", "0,196608", "2,196610"})
    void negotiatesANewerMinorVersionAndUnknownOptions(int minor, int spoken) {
        var parameters = new LinkedHashMap<>(Map.of("user", "frank", "_pq_.test_protocol_negotiation", ""));
        wire.send(new StartupPacket.Startup(3, minor, parameters));
        assertThat(wire.received())
                .containsExactly(
                        new BackendMessage.NegotiateProtocolVersion(spoken, List.of("_pq_.test_protocol_negotiation")),
                        new Authentication.CleartextPassword());
    }

    @Test
    void refusesProtocol2InItsOwnForm() {
        wire.bytes(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 12, 0, 2, 0, 0, 'a', 'b', 'c', 'd'}));
        ByteBuf out = wire.channel.readOutbound();
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .isEqualTo("EFATAL:  unsupported frontend protocol 2.0: server supports 3.0 to 3.2\n\0");
        out.release();
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void refusesAProtocolOfTheFuture() {
        wire.send(new StartupPacket.Startup(4, 1, new LinkedHashMap<>()));
        var error = (ErrorResponse) wire.received().getFirst();
        assertThat(error.diagnostic().sqlState()).isEqualTo("0A000");
        assertThat(error.diagnostic().message())
                .isEqualTo("unsupported frontend protocol 4.1: server supports 3.0 to 3.2");
        assertThat(wire.closed()).isTrue();
    }

    /** PgBouncer CVE-2026-107350: it must fail at once, not wait for as many bytes as its length seems to say. */
    @Test
    void closesOnTheFirstByteOfASecondStartup() {
        wire.startup("user", "frank", "database", "shop");
        wire.received();
        wire.bytes(Unpooled.wrappedBuffer(new byte[] {0}));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void runsScramForACredentialAndRefusesAtTheEnd() {
        wire.startup("user", "frank#1", "database", "shop");
        assertThat(wire.received()).containsExactly(new Authentication.Sasl(List.of("SCRAM-SHA-256")));
        wire.send(Password.ofSaslInitial("SCRAM-SHA-256", bytes("n,,n=,r=abc")));
        var challenge = (Authentication.SaslContinue) wire.received().getFirst();
        String nonce = new String(challenge.data(), StandardCharsets.UTF_8).split(",", 2)[0];
        String proof = Base64.getEncoder().encodeToString(new byte[32]);
        wire.send(new Password(bytes("c=biws," + nonce + ",p=" + proof)));
        var refused = (ErrorResponse) wire.received().getFirst();
        assertThat(refused.diagnostic().sqlState()).isEqualTo("28P01");
        assertThat(refused.diagnostic().message()).isEqualTo("The connection credential is wrong, expired or unknown.");
        assertThat(refused.diagnostic().field(Diagnostic.HINT))
                .hasValue("Make a new one with an access token, or use that as the password.");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void takesATokenByOauthBearerWhereTheClientAsksForIt() {
        startOauth();
        wire.send(Password.ofSaslInitial("OAUTHBEARER", bytes("n,,\1auth=Bearer abc.def\1\1")));
        assertThat(wire.asked.getFirst().proof()).isEqualTo(new AccessRequest.Proof.Token(new Secret("abc.def")));
        assertThat(wire.closed()).isFalse();
        tellsWhereTokensAre();
        wire.send(new Password(new byte[] {1}));
        assertThat(sqlStates(wire.received())).containsExactly("28P01");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void tellsAClientWithoutATokenWhereToGetOne() {
        startOauth();
        wire.send(Password.ofSaslInitial("OAUTHBEARER", bytes("n,,\1auth=\1\1")));
        assertThat(wire.asked).isEmpty();
        tellsWhereTokensAre();
        wire.send(new Password(new byte[] {1}));
        assertThat(sqlStates(wire.received())).containsExactly("28000");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void closesOnAnythingButTheAcknowledgementOfAFailedToken() {
        startOauth();
        wire.send(Password.ofSaslInitial("OAUTHBEARER", bytes("n,,\1auth=\1\1")));
        wire.received();
        wire.send(Password.ofSaslInitial("OAUTHBEARER", bytes("n,,\1auth=Bearer abc\1\1")));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void closesOnScramWhereOauthBearerWasOffered() {
        startOauth();
        wire.send(Password.ofSaslInitial("SCRAM-SHA-256", bytes("n,,n=,r=abc")));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
    }

    private void startOauth() {
        wire.startup("user", "frank", "database", "shop", "options", "-c countersign.auth=oauthbearer");
        assertThat(wire.received()).containsExactly(new Authentication.Sasl(List.of("OAUTHBEARER")));
    }

    private void tellsWhereTokensAre() {
        var failure = (Authentication.SaslContinue) wire.received().getFirst();
        assertThat(new String(failure.data(), StandardCharsets.UTF_8))
                .isEqualTo("{\"status\":\"invalid_token\",\"openid-configuration\":"
                        + "\"https://idp.example/realms/countersign/.well-known/openid-configuration\","
                        + "\"scope\":\"openid\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 65_530})
    void takesATokenAsLongAsDriversCanSend(int characters) {
        wire.startup("user", "frank", "database", "shop");
        wire.received();
        wire.send(Password.ofText("t".repeat(characters)));
        assertThat(wire.asked.getFirst().proof())
                .isEqualTo(new AccessRequest.Proof.Token(new Secret("t".repeat(characters))));
    }

    @Test
    void closesOnATokenThatIsLonger() {
        wire.startup("user", "frank", "database", "shop");
        wire.received();
        wire.send(Password.ofText("t".repeat(65_531)));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void refusesAnEmptyUserName() {
        wire.startup("user", "", "database", "shop");
        assertThat(sqlStates(wire.received())).containsExactly("28000");
        assertThat(wire.closed()).isTrue();
    }

    /** PgBouncer CVE-2026-107349: an option without a name made a parser spin. */
    @ParameterizedTest
    @ValueSource(strings = {"-c=", "-c =", "-c", "--=x", "--", "-c \\ =x", "-", "-c=x -c=y"})
    void refusesAnOptionWithoutAName(String options) {
        wire.startup("user", "frank", "database", "shop", "options", options);
        assertThat(sqlStates(wire.received())).hasSize(1);
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void closesOnASecondGssRequestAndOnOneThatIsGlued() {
        wire.send(new StartupPacket.GssEncRequest());
        assertThat(wire.answer()).isEqualTo('N');
        wire.send(new StartupPacket.SslRequest());
        assertThat(wire.answer()).isEqualTo('N');
        wire.send(new StartupPacket.GssEncRequest());
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void closesWithoutAWordOnTlsThatItDoesNotHave() {
        wire.bytes(Unpooled.wrappedBuffer(new byte[] {0x16, 3, 1, 0, 5}));
        assertThat(wire.closed()).isTrue();
        assertThat(wire.received()).isEmpty();
    }

    @Test
    void closesOnASecondStartupDuringScram() {
        wire.startup("user", "frank#1", "database", "shop");
        wire.received();
        wire.startup("user", "alice", "database", "shop", "application_name", "long enough to be no length");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @Test
    void closesOnAMechanismThatWasNotOffered() {
        wire.startup("user", "frank#1", "database", "shop");
        wire.received();
        wire.send(Password.ofSaslInitial("SCRAM-SHA-256-PLUS", bytes("p=tls-server-end-point,,n=,r=abc")));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void namesWhatMayBeSetWhenSomethingElseIs() {
        wire.startup("user", "frank", "role", "postgres");
        var error = (ErrorResponse) wire.received().getFirst();
        assertThat(error.diagnostic().sqlState()).isEqualTo("42704");
        assertThat(error.diagnostic().message()).contains("timezone");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void closesOnALengthBeyondTheLimit() {
        wire.startup("user", "frank");
        wire.received();
        wire.bytes(Unpooled.wrappedBuffer(new byte[] {'p', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
    }

    static Stream<FrontendMessage> everythingButAPassword() {
        return Stream.of(
                new FrontendMessage.Query("select 1"),
                new FrontendMessage.Parse("", "select 1", List.of()),
                new FrontendMessage.Bind("", "", List.of(), List.of(), List.of()),
                new FrontendMessage.Describe(Subject.STATEMENT, ""),
                new FrontendMessage.Execute("", 0),
                new FrontendMessage.Close(Subject.PORTAL, ""),
                new FrontendMessage.Flush(),
                new FrontendMessage.Sync(),
                new FrontendMessage.CopyData(new byte[0]),
                new FrontendMessage.CopyDone(),
                new FrontendMessage.CopyFail("x"));
    }

    @ParameterizedTest
    @MethodSource("everythingButAPassword")
    void closesOnAnythingButThePasswordBeforeTheSignIn(FrontendMessage message) {
        wire.startup("user", "frank", "database", "shop");
        wire.received();
        wire.send(message);
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
        assertThat(wire.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everythingButAPassword")
    void closesOnAnythingButTheProofDuringScram(FrontendMessage message) {
        wire.startup("user", "frank#1", "database", "shop");
        wire.received();
        wire.send(message);
        assertThat(sqlStates(wire.received())).containsExactly("08P01");
        assertThat(wire.closed()).isTrue();
    }

    @Test
    void leavesNothingBehindWhenTheClientLeavesEarly() {
        wire.startup("user", "frank");
        wire.received();
        wire.send(new FrontendMessage.Terminate());
        assertThat(wire.closed()).isTrue();
        assertThat(wire.frames).isEmpty();
    }

    private static List<String> sqlStates(List<BackendMessage> messages) {
        return messages.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).diagnostic().sqlState())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
