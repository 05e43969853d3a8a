package org.countersign.connector.corpus;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One value that must not leave, in every form in which it is looked for. Forms are without separators, as are the
 * texts they are looked for in.
 *
 * @param forms by what they are; in lower case, but for those of base64
 */
public record Secret(String name, Map<String, String> forms) {
    /** How much of base64's end and beginning depends on what stands beside the value. */
    private static final int UNSTABLE = 4;

    private static final int BASE64_GROUP = 3;
    private static final String BASE64 = "in base64 behind ";

    /** @param hidden the part of the value that no mask shows */
    public static Secret of(String name, String value, String hidden) {
        String plain = Text.alphanumeric(hidden).toLowerCase(Locale.ROOT);
        byte[] bytes = hidden.getBytes(StandardCharsets.UTF_8);
        var forms = new LinkedHashMap<String, String>();
        forms.put("in clear", plain);
        forms.put("reversed", new StringBuilder(plain).reverse().toString());
        forms.put("in hexadecimal", HexFormat.of().formatHex(bytes));
        forms.put("in hexadecimal, without separators", HexFormat.of().formatHex(utf8(plain)));
        forms.put("in hexadecimal, reversed", reversedPairs(bytes));
        forms.put("in octal", each(bytes, "%03o"));
        forms.put("in code points", each(bytes, "%d"));
        forms.put("in \\x escapes", each(bytes, "x%02x"));
        forms.put("in Unicode escapes", each(bytes, "u%04x"));
        forms.put("in long Unicode escapes", each(bytes, "%06x"));
        forms.put("in bits", binary(bytes));
        forms.put("as MD5", digest("MD5", value));
        forms.put("as SHA-256", digest("SHA-256", value));
        for (int before = 0; before < BASE64_GROUP; before++) {
            forms.put(BASE64 + before, base64(bytes, before));
        }
        return new Secret(name, forms);
    }

    /** A value of bytes, as it stands in a file or in binary results. */
    static Secret of(String name, byte[] value) {
        var forms = new LinkedHashMap<String, String>();
        forms.put("in hexadecimal", HexFormat.of().formatHex(value));
        forms.put("in octal", each(value, "%03o"));
        forms.put("as escaped bytes", escaped(value));
        for (int before = 0; before < BASE64_GROUP; before++) {
            forms.put(BASE64 + before, base64(value, before));
        }
        return new Secret(name, forms);
    }

    /** The first of its forms that occurs in a text. */
    public Optional<String> foundIn(String text) {
        String letters = Text.alphanumeric(text);
        String lower = letters.toLowerCase(Locale.ROOT);
        return forms.entrySet().stream()
                .filter(form -> (form.getKey().startsWith(BASE64) ? letters : lower).contains(form.getValue()))
                .map(form -> name + " " + form.getKey())
                .findFirst();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String each(byte[] bytes, String format) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format(format, b & 0xff));
        }
        return text.toString();
    }

    /** As {@code bytea_output = escape} has it: octal only for what cannot be printed. */
    private static String escaped(byte[] bytes) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b > ' ' ? String.valueOf((char) b) : String.format("%03o", b & 0xff));
        }
        return Text.alphanumeric(text.toString()).toLowerCase(Locale.ROOT);
    }

    private static String reversedPairs(byte[] bytes) {
        return each(
                new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1))
                        .reverse()
                        .toString()
                        .getBytes(StandardCharsets.ISO_8859_1),
                "%02x");
    }

    private static String binary(byte[] bytes) {
        var bits = new StringBuilder(new BigInteger(1, bytes).toString(2));
        while (bits.length() < bytes.length * Byte.SIZE) {
            bits.insert(0, '0');
        }
        return bits.toString();
    }

    private static String digest(String algorithm, String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(utf8(value)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What every base64 text holds in which the bytes stand behind this many others. */
    private static String base64(byte[] bytes, int before) {
        byte[] padded = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, padded, before, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        String stable = text.substring(before == 0 ? 0 : UNSTABLE, text.length() - (text.length() % 4 == 0 ? 0 : 1));
        return Text.alphanumeric(stable);
    }
}
