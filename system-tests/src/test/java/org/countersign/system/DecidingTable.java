package org.countersign.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of who may decide what, which the unit tests of ejb-core drive as well. */
final class DecidingTable {
    private static final Path FILE = Path.of("..", "ejb-core", "src", "test", "resources", "who-may-decide.txt");
    private static final Pattern DELEGATED = Pattern.compile("(expired|revoked|suspended)? ?(\\w+)\\(([^)]*)\\)");

    private DecidingTable() {}

    /**
     * That somebody delegated to the caller.
     *
     * @param state empty while it is in force
     */
    record Delegation(String state, String from, Set<String> roles) {}

    record Row(
            int line,
            String request,
            String who,
            Set<String> roles,
            String linked,
            Optional<Delegation> delegation,
            String constraint,
            String answer) {
        boolean machine() {
            return who.equals("orders-agent") || who.equals("bob-bot");
        }

        /** The type of the constraint. */
        String type() {
            return constraint.split(" ")[0];
        }

        /** Who is in conflict with it. */
        String conflicted() {
            return constraint.endsWith(" linked")
                    ? linked
                    : constraint.endsWith(" delegator")
                            ? delegation.orElseThrow().from()
                            : who;
        }

        boolean accepted() {
            return answer.equals("accepted");
        }
    }

    static List<Row> rows() {
        try {
            List<String> lines = Files.readAllLines(FILE);
            var rows = new ArrayList<Row>();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith("#")) {
                    rows.add(row(
                            i + 1,
                            Arrays.stream(lines.get(i).split("\\|"))
                                    .map(String::strip)
                                    .toList()));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(int line, List<String> cells) {
        return new Row(
                line,
                cells.get(0),
                cells.get(1),
                names(cells.get(2)),
                cells.get(3),
                delegation(cells.get(4)),
                cells.get(5),
                cells.get(6));
    }

    private static Optional<Delegation> delegation(String cell) {
        Matcher delegated = DELEGATED.matcher(cell);
        return delegated.matches()
                ? Optional.of(new Delegation(
                        Optional.ofNullable(delegated.group(1)).orElse(""),
                        delegated.group(2),
                        names(delegated.group(3))))
                : Optional.empty();
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
