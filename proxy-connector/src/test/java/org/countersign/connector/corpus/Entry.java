package org.countersign.connector.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One trick of a corpus file.
 *
 * @param lines {@code --+} lines in order, as word and rest
 * @param expected {@code -->} lines in order
 */
record Entry(String name, String reason, List<Line> lines, String sql, List<String> expected) {
    private static final int MIN_VERSION = 14;
    private static final int MAX_VERSION = 18;
    private static final String PLUS = "--+ ";
    private static final String ARROW = "--> ";
    private static final String TITLE = "-- ";

    record Line(String word, String rest) {}

    /** A query whose answer an entry changes, and the answer it changes to. */
    record Effect(String query, String answer) {}

    static Entry read(String block) {
        var lines = new ArrayList<Line>();
        var expected = new ArrayList<String>();
        var sql = new ArrayList<String>();
        String[] all = block.strip().split("\n");
        int colon = all[0].indexOf(": ");
        if (!all[0].startsWith(TITLE) || colon < 0) {
            throw new IllegalArgumentException("an entry begins with its name and its reason: " + all[0]);
        }
        for (int i = 1; i < all.length; i++) {
            if (all[i].startsWith(PLUS)) {
                String[] words = all[i].substring(PLUS.length()).split(" ", 2);
                lines.add(new Line(words[0], words.length > 1 ? words[1] : ""));
            } else if (all[i].startsWith(ARROW)) {
                expected.add(all[i].substring(ARROW.length()));
            } else {
                sql.add(all[i]);
            }
        }
        return new Entry(
                all[0].substring(TITLE.length(), colon),
                all[0].substring(colon + 2),
                List.copyOf(lines),
                String.join("\n", sql),
                List.copyOf(expected));
    }

    boolean on(int version) {
        int since = word("since").map(Integer::parseInt).orElse(MIN_VERSION);
        int until = word("until").map(Integer::parseInt).orElse(MAX_VERSION);
        return version >= since && version <= until;
    }

    /** Who sends it. */
    String principal(String otherwise) {
        return word("as").orElse(otherwise);
    }

    Way way() {
        return word("via").map(Way::of).orElse(Way.SIMPLE);
    }

    /** What the same client sends before. */
    List<String> first() {
        return all("first");
    }

    /** The values of its parameters. */
    List<String> values() {
        return all("value");
    }

    /** The lines it sends when it is asked for a COPY's data. */
    List<String> data() {
        return all("data");
    }

    /** What the direct answer shows, where it is not a secret itself. */
    Optional<String> shows() {
        return word("shows");
    }

    Optional<Effect> effect() {
        return word("effect").map(text -> {
            int arrow = text.lastIndexOf(" => ");
            return new Effect(text.substring(0, arrow), text.substring(arrow + 4));
        });
    }

    /** What takes back a direct run that no rollback takes back. */
    List<String> undo() {
        return all("undo");
    }

    /** Whether it runs in no transaction, over a connection of its own. */
    boolean apart() {
        return word("apart").isPresent();
    }

    /** Why the gateway does not do yet what is expected. */
    Optional<String> gap() {
        return word("gap");
    }

    private Optional<String> word(String word) {
        return all(word).stream().findFirst();
    }

    private List<String> all(String word) {
        return lines.stream()
                .filter(line -> line.word().equals(word))
                .map(Line::rest)
                .toList();
    }
}
