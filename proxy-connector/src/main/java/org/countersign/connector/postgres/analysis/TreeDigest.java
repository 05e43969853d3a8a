package org.countersign.connector.postgres.analysis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.countersign.connector.postgres.analysis.Node.Atom;
import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Nothing;
import org.countersign.connector.postgres.analysis.Node.Numbers;
import org.countersign.connector.postgres.analysis.Node.Struct;

/**
 * The identity of a statement's meaning: its trees without source locations and without constants that re-freeze.
 *
 * <p>A literal such as {@code 'now'::timestamptz} is evaluated anew by each analysis. Only literals of the statement's
 * own text are: they have a source location, which the constants of stored views, rules and defaults have not (the
 * server drops it when it reads them). And only types that read words such as {@code now} do: dates and times, and
 * whatever a user-defined or composite type is made of. All other bytes stay: a view that was replaced by one with
 * another constant is another meaning, and so is a name that now means another sequence.
 */
public final class TreeDigest {
    private static final Set<String> UNSTABLE =
            Set.of("location", "stmt_location", "stmt_len", "list_start", "list_end");

    /** date, time, timestamp, timestamptz, timetz, their arrays, ranges and multiranges; record and record[]. */
    private static final Set<Long> REFREEZING = Set.of(
            1082L, 1083L, 1114L, 1184L, 1266L, 1182L, 1183L, 1115L, 1185L, 1270L, 3908L, 3910L, 3912L, 3909L, 3911L,
            3913L, 4533L, 4534L, 4535L, 6152L, 6153L, 6155L, 2249L, 2287L);

    private final MessageDigest digest;

    private TreeDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * Lower-case hex SHA-256 over both trees without what may differ between two analyses of one meaning.
     *
     * @throws IllegalArgumentException when a tree cannot be read: then nothing may be treated as the same
     */
    public static String of(String analysed, String rewritten) {
        try {
            return of(NodeReader.read(analysed), NodeReader.read(rewritten));
        } catch (TreeException notUnderstood) {
            throw new IllegalArgumentException(notUnderstood);
        }
    }

    static String of(Node analysed, Node rewritten) throws TreeException {
        try {
            var digest = new TreeDigest(MessageDigest.getInstance("SHA-256"));
            digest.add(analysed);
            digest.add(rewritten);
            return HexFormat.of().formatHex(digest.digest.digest());
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Every part is written with its kind and length, so no two trees give the same bytes. */
    private void add(Node tree) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Nothing nothing -> write('n', "");
                case Atom atom -> write('a', atom.text());
                case Datum datum -> write('d', datum.bytes().replaceAll("\\s+", " "));
                case Numbers numbers ->
                    write('u', numbers.kind() + numbers.values().toString());
                case Items list -> {
                    write('l', String.valueOf(list.items().size()));
                    push(list.items(), open);
                }
                case Struct struct -> struct(struct, open);
            }
        }
    }

    private void struct(Struct struct, Deque<Node> open) throws TreeException {
        boolean refreezes = struct.is("CONST")
                && struct.number("location") >= 0
                && (REFREEZING.contains(struct.number("consttype"))
                        || struct.number("consttype") >= Column.FIRST_USER_OID);
        List<Node> kept = new ArrayList<>();
        var names = new StringBuilder();
        add(names, struct.name());
        struct.fields().forEach((name, value) -> {
            if (!UNSTABLE.contains(name) && !(refreezes && name.equals("constvalue"))) {
                add(names, name);
                kept.add(value);
            }
        });
        write('s', names.toString());
        push(kept, open);
    }

    /** A name may hold any character: an escaped space is one of them. */
    private static void add(StringBuilder names, String name) {
        names.append(name.length()).append(':').append(name);
    }

    private static void push(List<Node> nodes, Deque<Node> open) {
        List<Node> reversed = new ArrayList<>(nodes);
        Collections.reverse(reversed);
        reversed.forEach(open::push);
    }

    private void write(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) kind);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
