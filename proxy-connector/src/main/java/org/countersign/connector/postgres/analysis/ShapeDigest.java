package org.countersign.connector.postgres.analysis;

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
    private static final Set<String> PLACES =
            Set.of(":location", ":stmt_location", ":stmt_len", ":list_start", ":list_end");

    /** bool, int8, int2, int4, text, float4, float8, unknown, bpchar, varchar, the dates and times, numeric, uuid. */
    private static final Set<String> PLAIN = Set.of(
            "16", "20", "21", "23", "25", "700", "701", "705", "1042", "1043", "1082", "1083", "1114", "1184", "1266",
            "1186", "1700", "2950");

    /** json, xml, jsonb, jsonpath: their operators read constants as paths. */
    private static final Set<String> DOCUMENTS = Set.of("114", "142", "3802", "4072");

    private static final int FIRST_BYTES = 4096;
    private static final String VALUE = ":constvalue";
    private static final String TYPE = ":consttype";
    private static final String LOCATION = ":location";

    private final String tree;
    private byte[] out = new byte[FIRST_BYTES];
    private int size;
    private int at;
    private final BitSet structs = new BitSet();
    private int depth;
    private boolean named = true;
    private boolean fieldDue;
    private String constantType = "";
    private boolean inText;

    private ShapeDigest(String tree) {
        this.tree = tree;
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
        var shape = new ShapeDigest(tree);
        shape.read();
        digest.update(shape.out, 0, shape.size);
    }

    private void read() {
        skipSpace();
        while (at < tree.length()) {
            char c = tree.charAt(at);
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
        put(struct ? '{' : '(');
        at++;
        structs.set(depth, struct);
        depth++;
        named = !struct;
    }

    private void close(boolean struct) {
        if (depth == 0 || structs.get(depth - 1) != struct || !named || struct && !fieldDue) {
            throw unreadable();
        }
        put(struct ? '}' : ')');
        at++;
        depth--;
        fieldDue = depth > 0 && structs.get(depth - 1);
    }

    private void word() {
        int start = at;
        while (at < tree.length() && !ends(tree.charAt(at))) {
            at += tree.charAt(at) == '\\' ? 2 : 1;
        }
        if (at > tree.length()) {
            throw unreadable();
        }
        if (!named) {
            named = true;
            fieldDue = true;
            put(start, at);
        } else if (fieldDue) {
            field(start);
        } else {
            put(start, at);
            bytes(true);
            fieldDue = depth > 0 && structs.get(depth - 1);
        }
    }

    private void field(int start) {
        if (tree.charAt(start) != ':' || at - start < 2) {
            throw unreadable();
        }
        String name = tree.substring(start, at);
        if (PLACES.contains(name)) {
            String place = next();
            inText = !name.equals(LOCATION) || !place.startsWith("-");
            return;
        }
        put(start, at);
        fieldDue = false;
        if (name.equals(TYPE)) {
            constantType = next();
            put(at - constantType.length(), at);
            fieldDue = true;
            inText = false;
        } else if (name.equals(VALUE) && inText && PLAIN.contains(constantType)) {
            String length = next();
            if (!length.equals("<>")) {
                bytes(false);
                put('?');
            } else {
                put('<');
            }
            fieldDue = true;
        }
    }

    /** The next plain word, read over. */
    private String next() {
        skipSpace();
        int start = at;
        while (at < tree.length() && !ends(tree.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unreadable();
        }
        return tree.substring(start, at);
    }

    /** The bytes of a constant, if they come here: {@code [ 1 0 0 0 ]}. */
    private void bytes(boolean kept) {
        skipSpace();
        if (at >= tree.length() || tree.charAt(at) != '[') {
            if (!kept) {
                throw unreadable();
            }
            return;
        }
        int close = tree.indexOf(']', at);
        if (close < 0) {
            throw unreadable();
        }
        for (int i = at; i <= close; i++) {
            char c = tree.charAt(i);
            if (kept && !space(c)) {
                put(c);
            } else if (kept) {
                put(' ');
            }
        }
        at = close + 1;
    }

    private void put(int start, int end) {
        for (int i = start; i < end; i++) {
            put(tree.charAt(i));
        }
        put(' ');
    }

    private void put(char c) {
        if (size + 3 > out.length) {
            out = Arrays.copyOf(out, out.length * 2);
        }
        if (c < 0x80) {
            out[size++] = (byte) c;
        } else {
            out[size++] = (byte) 0xff;
            out[size++] = (byte) (c >> 8);
            out[size++] = (byte) c;
        }
    }

    private void skipSpace() {
        while (at < tree.length() && space(tree.charAt(at))) {
            at++;
        }
    }

    private static boolean ends(char c) {
        return space(c) || c == '(' || c == ')' || c == '{' || c == '}';
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("the tree cannot be read");
    }
}
