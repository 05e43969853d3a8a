package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.countersign.model.port.ScramVerifier;
import org.countersign.wire.WireException;
import org.junit.jupiter.api.Test;

class ScramServerTest {
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;

    @Test
    void acceptsTheRightPasswordAndProvesItself() throws ScramException {
        var client = client("right");
        var server = ScramServer.begin(first(client), false, Optional.empty(), "a#1", Optional.of(verifier("right")));
        client.serverFirstMessage(text(server.challenge()));
        var proof = server.verify(bytes(client.clientFinalMessage().toString()));
        assertThat(proof).isPresent();
        assertThat(client.serverFinalMessage(text(proof.get())).isError()).isFalse();
    }

    @Test
    void refusesTheWrongPassword() throws ScramException {
        var client = client("wrong");
        var server = ScramServer.begin(first(client), false, Optional.empty(), "a#1", Optional.of(verifier("right")));
        client.serverFirstMessage(text(server.challenge()));
        assertThat(server.verify(bytes(client.clientFinalMessage().toString()))).isEmpty();
    }

    @Test
    void goesToTheEndForAnUnknownNameAndRefusesThere() throws ScramException {
        var client = client("any");
        var server = ScramServer.begin(first(client), false, Optional.empty(), "nobody#1", Optional.empty());
        client.serverFirstMessage(text(server.challenge()));
        assertThat(server.verify(bytes(client.clientFinalMessage().toString()))).isEmpty();
    }

    @Test
    void showsAnUnknownNameTheSameSaltEachTime() {
        assertThat(salt("nobody#1")).isEqualTo(salt("nobody#1")).isNotEqualTo(salt("nobody#2"));
    }

    @Test
    void refusesAFinalMessageOfAnotherExchange() throws ScramException {
        var client = client("right");
        byte[] first = first(client);
        var one = ScramServer.begin(first, false, Optional.empty(), "a#1", Optional.of(verifier("right")));
        var two = ScramServer.begin(first, false, Optional.empty(), "a#1", Optional.of(verifier("right")));
        client.serverFirstMessage(text(one.challenge()));
        byte[] last = bytes(client.clientFinalMessage().toString());
        assertThatThrownBy(() -> two.verify(last)).isInstanceOf(WireException.class);
    }

    @Test
    void refusesChannelBindingThatWasNotOffered() {
        byte[] first = bytes("p=tls-server-end-point,,n=,r=abc");
        assertThatThrownBy(() -> ScramServer.begin(first, false, Optional.empty(), "a#1", Optional.empty()))
                .isInstanceOf(WireException.class);
    }

    @Test
    void acceptsAProofThatIsBoundToTheConnection() throws ScramException {
        byte[] endpoint = bytes("a certificate's hash");
        var client = bound(endpoint);
        var server =
                ScramServer.begin(first(client), true, Optional.of(endpoint), "a#1", Optional.of(verifier("right")));
        client.serverFirstMessage(text(server.challenge()));
        assertThat(server.verify(bytes(client.clientFinalMessage().toString()))).isPresent();
    }

    @Test
    void refusesAProofThatIsBoundToAnotherConnection() throws ScramException {
        var client = bound(bytes("the certificate of somebody in between"));
        var server = ScramServer.begin(
                first(client), true, Optional.of(bytes("ours")), "a#1", Optional.of(verifier("right")));
        client.serverFirstMessage(text(server.challenge()));
        byte[] last = bytes(client.clientFinalMessage().toString());
        assertThatThrownBy(() -> server.verify(last)).isInstanceOf(WireException.class);
    }

    @Test
    void refusesAClientThatBelievesBindingWasNotOffered() {
        assertThatThrownBy(() -> ScramServer.begin(
                        bytes("y,,n=,r=abc"), false, Optional.of(bytes("ours")), "a#1", Optional.empty()))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.sqlState()).isEqualTo("28000"));
        ScramServer.begin(bytes("y,,n=,r=abc"), false, Optional.empty(), "a#1", Optional.empty());
        ScramServer.begin(bytes("n,,n=,r=abc"), false, Optional.of(bytes("ours")), "a#1", Optional.empty());
    }

    @Test
    void refusesAHeaderThatDoesNotFitItsMechanism() {
        Optional<byte[]> endpoint = Optional.of(bytes("ours"));
        for (String first : List.of(
                "n,,n=,r=abc",
                "y,,n=,r=abc",
                "p=tls-unique,,n=,r=abc",
                "p=tls-server-end-point,a=bob,n=,r=abc",
                "p=tls-server-end-point",
                "")) {
            assertThatThrownBy(() -> ScramServer.begin(bytes(first), true, endpoint, "a#1", Optional.empty()))
                    .isInstanceOf(WireException.class);
        }
        assertThatThrownBy(() -> ScramServer.begin(
                        bytes("p=tls-server-end-point,,n=,r=abc"), false, endpoint, "a#1", Optional.empty()))
                .isInstanceOf(WireException.class);
    }

    @Test
    void refusesMalformedMessages() {
        for (String first :
                List.of("", "n,,", "n,,n=", "n,,n=x,r=", "n,a=other,n=x,r=abc", "n,,n=x,r=" + "a".repeat(300))) {
            assertThatThrownBy(() -> ScramServer.begin(bytes(first), false, Optional.empty(), "a#1", Optional.empty()))
                    .isInstanceOf(WireException.class);
        }
    }

    private static String salt(String user) {
        String challenge = text(ScramServer.begin(bytes("n,,n=,r=abc"), false, Optional.empty(), user, Optional.empty())
                .challenge());
        return challenge.substring(challenge.indexOf(",s="));
    }

    private static ScramClient client(String password) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of(ScramServer.MECHANISM))
                .username("*")
                .password(password.toCharArray())
                .build();
    }

    private static ScramClient bound(byte[] endpoint) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of(ScramServer.BOUND_MECHANISM, ScramServer.MECHANISM))
                .username("*")
                .password("right".toCharArray())
                .channelBinding("tls-server-end-point", endpoint)
                .build();
    }

    private static ScramVerifier verifier(String password) {
        byte[] salt = bytes("0123456789abcdef");
        byte[] salted = ScramFunctions.saltedPassword(
                SHA_256, StringPreparation.POSTGRESQL_PREPARATION, password.toCharArray(), salt, 4096);
        return new ScramVerifier(
                salt,
                4096,
                ScramFunctions.storedKey(SHA_256, ScramFunctions.clientKey(SHA_256, salted)),
                ScramFunctions.serverKey(SHA_256, salted));
    }

    private static byte[] first(ScramClient client) {
        return bytes(client.clientFirstMessage().toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
