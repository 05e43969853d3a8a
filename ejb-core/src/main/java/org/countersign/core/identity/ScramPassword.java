package org.countersign.core.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.countersign.model.port.ScramVerifier;
import org.countersign.model.port.Secret;

/**
 * A random password of 160 bits and the verifier that is kept of it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677, SCRAM-SHA-256</a>
 */
record ScramPassword(Secret password, ScramVerifier verifier) {
    private static final int PASSWORD_BITS = 160;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    /** The least that RFC 7677 allows: nobody guesses 160 random bits, however fast a guess is. */
    private static final int ITERATIONS = 4096;

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    static ScramPassword random(SecureRandom random) {
        var text = new StringBuilder();
        for (int bits = 0; bits < PASSWORD_BITS; bits += 5) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Secret password = new Secret(text.toString());
        return new ScramPassword(password, verifier(password, salt, ITERATIONS));
    }

    /** The password has to be ASCII, which its normalisation would leave as it is. */
    static ScramVerifier verifier(Secret password, byte[] salt, int iterations) {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.reveal().toCharArray(), salt, iterations, KEY_BITS))
                    .getEncoded();
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            return new ScramVerifier(salt, iterations, storedKey, hmac(salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}
