package org.countersign.connector.postgres;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.countersign.model.port.ScramVerifier;
import org.countersign.wire.WireException;

/**
 * The server's side of one SCRAM-SHA-256 exchange. Over TLS it may be bound to the listener's certificate, so that nobody
 * in between can pass a proof on; a client that could do so and believes it was not offered is told of the attack.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802#section-5">RFC 5802</a>
 */
final class ScramServer {
    static final String MECHANISM = "SCRAM-SHA-256";
    static final String BOUND_MECHANISM = "SCRAM-SHA-256-PLUS";
    private static final String BINDING = "p=tls-server-end-point,,";
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] DECOY_KEY = RANDOM.generateSeed(32);
    private static final int NONCE_CHARACTERS = 24;
    private static final int MAX_NONCE_CHARACTERS = 256;
    private static final int DECOY_ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;
    private final ScramVerifier verifier;
    private final boolean real;
    private final byte[] header;
    private final String firstBare;
    private final String nonce;

    private ScramServer(ScramVerifier verifier, boolean real, byte[] header, String firstBare, String nonce) {
        this.verifier = verifier;
        this.real = real;
        this.header = header;
        this.firstBare = firstBare;
        this.nonce = nonce;
    }

    /**
     * Reads the client's first message.
     *
     * @param bound whether the client chose the mechanism with channel binding, which must have been offered
     * @param endpoint what identifies the connection's TLS; empty when binding was not offered
     * @param known empty for an unknown name: the exchange then runs to its end and fails there like a wrong password
     */
    static ScramServer begin(
            byte[] first, boolean bound, Optional<byte[]> endpoint, String user, Optional<ScramVerifier> known) {
        String message = new String(first, StandardCharsets.UTF_8);
        String header = header(message, bound, endpoint.isPresent());
        String bare = message.substring(header.length());
        int at = bare.indexOf(",r=");
        if (!bare.startsWith("n=") || at < 0) {
            throw new WireException("no SCRAM client-first-message");
        }
        String clientNonce = bare.substring(at + 3);
        if (clientNonce.isEmpty() || clientNonce.length() > MAX_NONCE_CHARACTERS || clientNonce.indexOf(',') >= 0) {
            throw new WireException("SCRAM nonce of " + clientNonce.length() + " characters");
        }
        return new ScramServer(
                known.orElseGet(() -> decoy(user)),
                known.isPresent(),
                bound ? with(header, endpoint.orElseThrow()) : header.getBytes(StandardCharsets.UTF_8),
                bare,
                clientNonce + ScramFunctions.nonce(NONCE_CHARACTERS, RANDOM));
    }

    private static String header(String message, boolean bound, boolean offered) {
        if (bound && message.startsWith(BINDING)) {
            return BINDING;
        }
        if (!bound && message.startsWith("n,,")) {
            return "n,,";
        }
        if (!bound && message.startsWith("y,,")) {
            if (offered) {
                throw new WireException(
                        "28000",
                        "SCRAM channel binding negotiation error: it was offered, but the offer did not arrive");
            }
            return "y,,";
        }
        throw new WireException("the SCRAM message does not fit its mechanism, or asks for another identity");
    }

    private static byte[] with(String header, byte[] endpoint) {
        byte[] start = header.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + endpoint.length);
        System.arraycopy(endpoint, 0, all, start.length, endpoint.length);
        return all;
    }

    /** The server-first-message. */
    byte[] challenge() {
        return serverFirst().getBytes(StandardCharsets.UTF_8);
    }

    private String serverFirst() {
        return "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
    }

    /** Checks the client's proof; returns the server-final-message, or empty when the proof is wrong. */
    Optional<byte[]> verify(byte[] last) {
        String message = new String(last, StandardCharsets.UTF_8);
        int at = message.lastIndexOf(",p=");
        String expected = "c=" + Base64.getEncoder().encodeToString(header) + ",r=" + nonce;
        if (at < 0 || !message.substring(0, at).equals(expected)) {
            throw new WireException("no SCRAM client-final-message of this exchange");
        }
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(message.substring(at + 3));
        } catch (IllegalArgumentException e) {
            throw new WireException("SCRAM proof is not Base64");
        }
        if (proof.length != verifier.storedKey().length) {
            throw new WireException("SCRAM proof has " + proof.length + " bytes");
        }
        String auth = firstBare + "," + serverFirst() + "," + expected;
        boolean right = ScramFunctions.verifyClientProof(SHA_256, proof, verifier.storedKey(), auth);
        if (!(right & real)) {
            return Optional.empty();
        }
        byte[] signature = ScramFunctions.serverSignature(SHA_256, verifier.serverKey(), auth);
        return Optional.of(("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.UTF_8));
    }

    /** The same name meets the same salt each time, as a real one would. */
    private static ScramVerifier decoy(String user) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DECOY_KEY, "HmacSHA256"));
            byte[] salt = Arrays.copyOf(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)), SALT_BYTES);
            byte[] key = MessageDigest.getInstance("SHA-256").digest(mac.doFinal(salt));
            return new ScramVerifier(salt, DECOY_ITERATIONS, key, key);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
