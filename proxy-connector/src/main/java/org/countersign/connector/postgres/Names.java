package org.countersign.connector.postgres;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names on the target that no client can guess, so that none can reach or replace what is ours. */
final class Names {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 12;

    private Names() {}

    /** A plain lower-case identifier. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return "cs_" + HexFormat.of().formatHex(bytes);
    }
}
