package org.countersign.model.masking;

/** The secret under which a target's {@code hash} mask works: the same value hashes alike only within one target. */
public final class HashKey {
    private final byte[] bytes;

    /** @param bytes at least 16 */
    public HashKey(byte[] bytes) {
        if (bytes.length < 16) {
            throw new IllegalArgumentException("a hash key has at least 16 bytes");
        }
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "HashKey[secret]";
    }
}
