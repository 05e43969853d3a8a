package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.countersign.connector.net.Tls;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.Secret;
import org.countersign.wire.postgres.Authentication;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.FrontendMessage.Password;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.StartupPacket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as PostgreSQL 17 and 18 have it, before a real server. */
class TlsOverPostgresTest {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    @TempDir
    static Path directory;

    @Started
    private static DemoTarget target;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException, SQLException, InterruptedException {
        Path keys = directory.resolve("listener.p12");
        int made = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "listener",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(made).isZero();
        gateway = new TestGateway(
                target.upstream(),
                directory.resolve("journal"),
                0,
                Optional.of(new Tls.Keystore(keys, new Secret("changeit"))));
        gateway.core.credentials.put("frank#1", verifier("right"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void takesAClientThatBeginsWithTls() throws Exception {
        try (var client = new RawClient(tls(plain(), "postgresql"))) {
            startup(client, "frank");
            client.prove(TestCore.PASSWORD);
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    @Test
    void closesOnAClientThatBeginsWithTlsAndDoesNotSayWhatItSpeaks() throws Exception {
        try (var socket = tls(plain())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesAClientThatBeginsWithTlsForAnotherProtocol() throws Exception {
        try (var socket = plain()) {
            assertThatThrownBy(() -> tls(socket, "http/1.1")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAnotherProtocolBehindAnSslRequestToo() throws Exception {
        try (var socket = asked()) {
            assertThatThrownBy(() -> tls(socket, "http/1.1", "h2")).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgresql"})
    void takesAClientBehindAnSslRequestWithItsProtocolOrNone(String protocol) throws Exception {
        try (var client = new RawClient(protocol.isEmpty() ? tls(asked()) : tls(asked(), protocol))) {
            startup(client, "frank");
            client.prove(TestCore.PASSWORD);
            assertThat(client.query("select 1")).contains("[1]");
        }
    }

    /** PgBouncer CVE-2021-3935, PostgreSQL CVE-2021-23214: bytes behind the request came in clear. */
    @Test
    void closesOnPlaintextGluedBehindAnSslRequest() throws Exception {
        try (var socket = plain()) {
            byte[] glued = new byte[SSL_REQUEST.length + 1];
            System.arraycopy(SSL_REQUEST, 0, glued, 0, SSL_REQUEST.length);
            socket.getOutputStream().write(glued);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("E");
        }
    }

    @Test
    void closesOnARequestForEncryptionInsideTls() throws Exception {
        for (StartupPacket packet : List.of(new StartupPacket.SslRequest(), new StartupPacket.GssEncRequest())) {
            try (var client = new RawClient(tls(plain(), "postgresql"))) {
                client.send(packet);
                assertThat(client.answers(1)).containsExactly("FATAL 08P01", "closed");
            }
        }
    }

    @Test
    void cancelsOverTls() throws Exception {
        try (var client = new RawClient(tls(plain(), "postgresql"))) {
            startup(client, "frank");
            client.prove(TestCore.PASSWORD);
            client.send(new Query("select pg_sleep(610)"));
            await().until(() -> target.ask("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                    .equals("1"));
            try (var socket = tls(asked(), "postgresql");
                    var canceller = new RawClient(socket)) {
                canceller.send(new StartupPacket.CancelRequest(
                        client.key().processId(), client.key().key()));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(client.answers(1)).contains("ERROR 57014");
        }
    }

    @Test
    void bindsScramToTheListenersCertificate() throws Exception {
        try (var socket = tls(plain(), "postgresql");
                var client = new RawClient(socket)) {
            startup(client, "frank#1");
            var offer = (Authentication.Sasl) client.receive();
            assertThat(offer.mechanisms()).containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
            var scram = ScramClient.builder()
                    .advertisedMechanisms(offer.mechanisms())
                    .username("*")
                    .password("right".toCharArray())
                    .channelBinding("tls-server-end-point", TlsServerEndpoint.getChannelBindingData((X509Certificate)
                            socket.getSession().getPeerCertificates()[0]))
                    .build();
            assertThat(scram.getScramMechanism().getName()).isEqualTo("SCRAM-SHA-256-PLUS");
            client.send(Password.ofSaslInitial(
                    "SCRAM-SHA-256-PLUS", bytes(scram.clientFirstMessage().toString())));
            var challenge = (Authentication.SaslContinue) client.receive();
            scram.serverFirstMessage(new String(challenge.data(), StandardCharsets.UTF_8));
            client.send(new Password(bytes(scram.clientFinalMessage().toString())));
            var last = (Authentication.SaslFinal) client.receive();
            assertThat(scram.serverFinalMessage(new String(last.data(), StandardCharsets.UTF_8))
                            .isError())
                    .isFalse();
            assertThat(client.answers(1)).contains("ready IDLE");
        }
    }

    @Test
    void tellsAClientThatItsOfferOfBindingWasTakenAway() throws Exception {
        try (var client = new RawClient(tls(plain(), "postgresql"))) {
            startup(client, "frank#1");
            client.receive();
            client.send(Password.ofSaslInitial("SCRAM-SHA-256", bytes("y,,n=,r=abc")));
            assertThat(client.answers(1)).containsExactly("FATAL 28000", "closed");
        }
    }

    @Test
    void offersNoBindingWithoutTls() throws Exception {
        try (var client = new RawClient(gateway.port())) {
            startup(client, "frank#1");
            BackendMessage offer = client.receive();
            assertThat(offer).isEqualTo(new Authentication.Sasl(List.of("SCRAM-SHA-256")));
        }
    }

    private static void startup(RawClient client, String user) throws IOException {
        client.send(new StartupPacket.Startup(3, 0, new LinkedHashMap<>(Map.of("user", user, "database", "shop"))));
    }

    private static Socket plain() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    }

    private static Socket asked() throws IOException {
        var socket = plain();
        socket.getOutputStream().write(SSL_REQUEST);
        assertThat(socket.getInputStream().read()).isEqualTo('S');
        return socket;
    }

    private static SSLSocket tls(Socket socket, String... protocols) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        var parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static ScramVerifier verifier(String password) {
        byte[] salt = bytes("0123456789abcdef");
        byte[] salted = ScramFunctions.saltedPassword(
                ScramMechanism.SCRAM_SHA_256,
                StringPreparation.POSTGRESQL_PREPARATION,
                password.toCharArray(),
                salt,
                4096);
        return new ScramVerifier(
                salt,
                4096,
                ScramFunctions.storedKey(
                        ScramMechanism.SCRAM_SHA_256, ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted)),
                ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
