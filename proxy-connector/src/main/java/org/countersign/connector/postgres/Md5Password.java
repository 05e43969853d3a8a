package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * PostgreSQL's old proof of a password, only for targets that know no better.
 *
 * @see <a href="https://www.postgresql.org/docs/current/auth-password.html">Password authentication</a>
 */
final class Md5Password {
    private Md5Password() {}

    static String of(String user, String password, byte[] salt) {
        return "md5" + hex(hex((password + user).getBytes(StandardCharsets.UTF_8)), salt);
    }

    private static String hex(String inner, byte[] salt) {
        byte[] start = inner.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + salt.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(salt, 0, all, start.length, salt.length);
        return hex(all);
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
