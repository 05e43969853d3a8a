package org.countersign.model.masking;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret under which a target's {@code hash} mask works: the same value hashes alike only within one target. */
public final class HashKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    /** @param bytes at least 16 */
    public HashKey(byte[] bytes) {
        if (bytes.length < 16) {
            throw new IllegalArgumentException("a hash key has at least 16 bytes");
        }
        this.bytes = bytes.clone();
    }

    /** A keyed hash of the bytes, 32 long: who does not have the key cannot try what they may have been. */
    public byte[] hash(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "HashKey[secret]";
    }
}
