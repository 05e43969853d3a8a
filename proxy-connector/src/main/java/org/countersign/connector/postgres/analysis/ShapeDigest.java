package org.countersign.connector.postgres.analysis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * What two statements share that differ in nothing but the plain constants of their own text: their trees without source
 * locations and without the values of such constants. Types, lengths and every constant that does not stand in the text
 * itself, in a view for example, stay. One pass over the text, without recursion; for statements that run often.
 *
 * <p>A constant of another type than the plain ones stays too: a name that means a sequence, a path into a document.
 */
public final class ShapeDigest {
    private static final byte[][] PLACES =
            bytes(":location", ":stmt_location", ":stmt_len", ":list_start", ":list_end");

    /** bool, int8, int2, int4, text, float4, float8, unknown, bpchar, varchar, the dates and times, numeric, uuid. */
    private static final Set<String> PLAIN = Set.of(
            "16", "20", "21", "23", "25", "700", "701", "705", "1042", "1043", "1082", "1083", "1114", "1184", "1266",
            "1186", "1700", "2950");

    /** json, xml, jsonb, jsonpath: their operators read constants as paths. */
    private static final Set<String> DOCUMENTS = Set.of("114", "142", "3802", "4072");

    private static final byte[] VALUE = bytes(":constvalue")[0];
    private static final byte[] TYPE = bytes(":consttype")[0];
    private static final byte[] LOCATION = PLACES[0];
    private static final byte[] NOTHING = bytes("<>")[0];

    private final byte[] tree;

    /** A word takes at most itself and one space. */
    private final byte[] out;

    private int size;
    private int at;
    private final BitSet structs = new BitSet();
    private int depth;
    private boolean named = true;
    private boolean fieldDue;
    private boolean plain;
    private boolean inText;

    private ShapeDigest(byte[] tree) {
        this.tree = tree;
        out = new byte[tree.length * 2 + 2];
    }

    /**
     * Lower-case hex SHA-256.
     *
     * @throws IllegalArgumentException when a tree cannot be read: then nothing may be treated as the same
     */
    public static String of(String analysed, String rewritten) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(analysed, digest);
            digest.update((byte) 0);
            add(rewritten, digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Whether constants of the statement may mean more than their value, so that its shape does not say what it does. */
    public static boolean depends(String rewritten) {
        for (String type : DOCUMENTS) {
            if (rewritten.contains("type " + type + " ")) {
                return true;
            }
        }
        return false;
    }

    private static void add(String tree, MessageDigest digest) {
        var shape = new ShapeDigest(tree.getBytes(StandardCharsets.UTF_8));
        shape.read();
        digest.update(shape.out, 0, shape.size);
    }

    private void read() {
        skipSpace();
        while (at < tree.length) {
            byte c = tree[at];
            switch (c) {
                case '{', '(' -> open(c == '{');
                case '}', ')' -> close(c == '}');
                default -> word();
            }
            skipSpace();
        }
        if (depth != 0) {
            throw unreadable();
        }
    }

    private void open(boolean struct) {
        if (fieldDue || !named) {
            throw unreadable();
        }
        out[size++] = tree[at++];
        structs.set(depth, struct);
        depth++;
        named = !struct;
    }

    private void close(boolean struct) {
        if (depth == 0 || structs.get(depth - 1) != struct || !named || struct && !fieldDue) {
            throw unreadable();
        }
        out[size++] = tree[at++];
        depth--;
        fieldDue = depth > 0 && structs.get(depth - 1);
    }

    private void word() {
        int start = at;
        skipWord();
        if (!named) {
            named = true;
            fieldDue = true;
            put(start);
        } else if (fieldDue) {
            field(start);
        } else {
            put(start);
            skipSpace();
            bytes();
            fieldDue = depth > 0 && structs.get(depth - 1);
        }
    }

    private void skipWord() {
        while (at < tree.length && !ends(tree[at])) {
            at += tree[at] == '\\' ? 2 : 1;
        }
        if (at > tree.length) {
            throw unreadable();
        }
    }

    private void field(int start) {
        if (tree[start] != ':' || at - start < 2) {
            throw unreadable();
        }
        for (byte[] place : PLACES) {
            if (is(place, start)) {
                int value = next();
                inText = place != LOCATION || tree[value] != '-';
                return;
            }
        }
        put(start);
        fieldDue = false;
        if (is(TYPE, start)) {
            int value = next();
            put(value);
            plain = PLAIN.contains(new String(tree, value, at - value, StandardCharsets.US_ASCII));
            inText = false;
            fieldDue = true;
        } else if (inText && plain && is(VALUE, start)) {
            int value = next();
            boolean nothing = is(NOTHING, value);
            if (!nothing) {
                skipBytes();
            }
            out[size++] = (byte) (nothing ? '<' : '?');
            fieldDue = true;
        }
    }

    /** Whether the word from here to where we are is this one. */
    private boolean is(byte[] word, int start) {
        return at - start == word.length && Arrays.equals(tree, start, at, word, 0, word.length);
    }

    /** Reads over the next plain word; returns where it begins. */
    private int next() {
        skipSpace();
        int start = at;
        skipWord();
        if (at == start) {
            throw unreadable();
        }
        return start;
    }

    private void skipBytes() {
        skipSpace();
        if (at >= tree.length || tree[at] != '[') {
            throw unreadable();
        }
        while (tree[at] != ']') {
            if (++at == tree.length) {
                throw unreadable();
            }
        }
        at++;
    }

    /** The bytes of a constant, if they come here: {@code [ 1 0 0 0 ]}. */
    private void bytes() {
        if (at < tree.length && tree[at] == '[') {
            int start = at;
            skipBytes();
            for (int i = start; i < at; i++) {
                out[size++] = space(tree[i]) ? (byte) ' ' : tree[i];
            }
        }
    }

    private void put(int start) {
        int length = at - start;
        System.arraycopy(tree, start, out, size, length);
        size += length;
        out[size++] = ' ';
    }

    private void skipSpace() {
        while (at < tree.length && space(tree[at])) {
            at++;
        }
    }

    private static boolean ends(byte c) {
        return c <= '}' && (space(c) || c == '(' || c == ')' || c == '{' || c == '}');
    }

    private static boolean space(byte c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private static byte[][] bytes(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("the tree cannot be read");
    }
}
