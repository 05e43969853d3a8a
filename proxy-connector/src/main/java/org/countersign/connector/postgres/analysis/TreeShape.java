package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Holds a tree against the list of nodes and fields that are understood, so that walkers meet nothing else. */
final class TreeShape {
    private static final Map<String, Set<String>> KNOWN = ResourceLines.of("tree-nodes.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(
                    words -> words[0], words -> Set.copyOf(Arrays.asList(words).subList(1, words.length))));

    private TreeShape() {}

    static void check(Node tree) throws TreeException {
        Deque<Node> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Items list -> list.items().forEach(open::push);
                case Struct struct -> {
                    Set<String> fields = KNOWN.get(struct.name());
                    if (fields == null) {
                        throw new TreeException("The statement uses something the gateway does not know: "
                                + struct.name().toLowerCase(Locale.ROOT) + ".");
                    }
                    if (!fields.containsAll(struct.fields().keySet())) {
                        throw new TreeException(
                                "The target describes " + struct.name() + " in a way the gateway does not know.");
                    }
                    struct.fields().values().forEach(open::push);
                }
                default -> {}
            }
        }
    }
}
