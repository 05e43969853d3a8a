package org.countersign.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import org.countersign.cli.verify.ReportVerifier.Verdict;
import org.junit.jupiter.api.Test;

class ReportVerifierTest {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final String GOOD = "[{\"id\":\"a\",\"proof\":\"disjoint\",\"responsible\":[\"i alice\"],"
            + "\"decisions\":[{\"by\":\"bob\",\"accounts\":[\"i bob\"],\"requesters\":[\"i alice\"]}]},"
            + "{\"id\":\"b\",\"proof\":\"nobody-decided\",\"responsible\":[\"i alice\"],\"decisions\":[]}]";

    private final KeyPair key = pair();

    @Test
    void acceptsWhatTheKeySigned() throws Exception {
        assertThat(verify(signed(GOOD), key)).isEqualTo(new Verdict(java.util.List.of(), 2, 0));
    }

    @Test
    void findsEveryChangedByteAndAnotherKey() throws Exception {
        byte[] report = signed(GOOD);
        for (int at : new int[] {0, 20, 60, report.length - 30}) {
            byte[] changed = report.clone();
            changed[at] ^= 1;
            assertThat(verify(changed, key).faults()).as("byte " + at).hasSize(1);
        }
        assertThat(verify(report, pair()).faults()).singleElement().asString().contains("another key");
    }

    @Test
    void refusesAReportWithoutASignatureOrWithSomethingBehindIt() throws Exception {
        byte[] report = signed(GOOD);

        assertThat(verify(page(GOOD), key).faults()).containsExactly("there is no signature at its end");
        assertThat(verify(
                                (new String(report, StandardCharsets.UTF_8) + "<p>more")
                                        .getBytes(StandardCharsets.UTF_8),
                                key)
                        .faults())
                .containsExactly("there is no signature at its end");
    }

    @Test
    void computesTheProofAgainAndBelievesNoLabel() throws Exception {
        String lie = GOOD.replace("\"i bob\"", "\"i bob\",\"i alice\"");

        assertThat(verify(signed(lie), key).faults()).containsExactly("a says disjoint but is shared");
        assertThat(verify(signed(lie.replace("disjoint", "shared")), key).faults())
                .containsExactly("a: somebody is on both sides");
        assertThat(verify(signed(GOOD.replace("[\"i bob\"]", "[]")), key).faults())
                .containsExactly("a says disjoint but is unproved");
    }

    @Test
    void somethingLetThroughWithoutADecisionIsNotProved() throws Exception {
        String silent = GOOD.replace("\"nobody-decided\",", "\"nobody-decided\",\"passed\":true,");

        assertThat(verify(signed(silent), key).faults()).containsExactly("b says nobody-decided but is unproved");
        assertThat(verify(signed(silent.replace("nobody-decided", "unproved")), key))
                .isEqualTo(new Verdict(java.util.List.of(), 2, 1));
    }

    private static Verdict verify(byte[] report, KeyPair pair) throws IOException {
        byte[] encoded = pair.getPublic().getEncoded();
        String x = URL.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        JsonNode jwk = new ObjectMapper().readTree("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}");
        return ReportVerifier.verify(report, jwk);
    }

    private static byte[] page(String sets) {
        return ("<html><p>proof of different persons ä</p><script type=\"application/json\" id=\"sets\">" + sets
                        + "</script></html>\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] signed(String sets) throws GeneralSecurityException {
        byte[] page = page(sets);
        String header = URL.encodeToString(
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}".getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update((header + ".").getBytes(StandardCharsets.US_ASCII));
        signature.update(page);
        String end = "<!--countersign-signature:" + header + ".." + URL.encodeToString(signature.sign()) + "-->\n";
        byte[] tail = end.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(page, page.length + tail.length);
        System.arraycopy(tail, 0, whole, page.length, tail.length);
        return whole;
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
