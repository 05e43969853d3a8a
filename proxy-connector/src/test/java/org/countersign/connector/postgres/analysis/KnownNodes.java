package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Holds the list of nodes that are understood against the trees that a server really prints. */
public final class KnownNodes {
    /** In the trees of checks, generated columns and nested domains; of cursors; and inside of the planner alone. */
    private static final Set<String> ELSEWHERE =
            Set.of("COERCETODOMAINVALUE", "CURRENTOFEXPR", "CONVERTROWTYPEEXPR", "NEXTVALUEEXPR", "RETURNINGEXPR");

    private static final String SINCE = "-- since ";

    private final Set<String> seen = new HashSet<>();

    /** A connection to a target. */
    public interface Client {
        void run(String sql) throws Exception;

        /** Returns the trees that the target prints when it parses a statement. */
        List<String> parse(String sql) throws Exception;
    }

    /** Looks at the trees of one more version, in a transaction that is undone. */
    public void look(Client client, int version) throws Exception {
        client.run("BEGIN");
        for (String sql : lines("nodes-tables.sql", version)) {
            client.run(sql);
        }
        client.run("SET LOCAL client_min_messages = log; SET LOCAL debug_pretty_print = off;"
                + " SET LOCAL debug_print_parse = on; SET LOCAL debug_print_rewritten = on");
        for (String sql : lines("nodes.sql", version)) {
            List<String> trees = client.parse(sql);
            assertThat(trees).as(sql).hasSize(2);
            check(sql, trees);
        }
        client.run("ROLLBACK");
    }

    private void check(String sql, List<String> trees) throws TreeException {
        for (String text : trees) {
            Node tree = NodeReader.read(text);
            assertThatCode(() -> TreeShape.check(tree)).as(sql).doesNotThrowAnyException();
            note(tree);
        }
    }

    /** After all versions: the list has no node that no server prints. */
    public void noneIsKnownInVain() {
        Set<String> unseen = ResourceLines.of("tree-nodes.txt").stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(name -> !seen.contains(name) && !ELSEWHERE.contains(name))
                .collect(Collectors.toSet());
        assertThat(unseen).isEmpty();
    }

    private void note(Node tree) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Struct struct) {
                seen.add(struct.name());
            }
            QueryScope.children(node).forEach(open::push);
        }
    }

    private static List<String> lines(String file, int version) {
        List<String> lines = new ArrayList<>();
        boolean on = true;
        for (String line : Corpus.text(file).lines().toList()) {
            if (line.startsWith(SINCE)) {
                on = version >= Integer.parseInt(line.substring(SINCE.length()));
            } else if (on && !line.isBlank() && !line.startsWith("--")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
