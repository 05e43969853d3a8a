package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countersign.connector.postgres.analysis.Node.Atom;
import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Nothing;
import org.countersign.connector.postgres.analysis.Node.Numbers;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tree has one meaning: printed again in another way it is the same tree. What is read is no larger than the text, and
 * a node that is not known refuses.
 */
class NodeReaderFuzzTest {
    private static final Set<String> LISTED = ResourceLines.of("tree-nodes.txt").stream()
            .map(line -> line.split(" ")[0])
            .collect(Collectors.toSet());

    static Stream<byte[]> seeds() {
        return Seeds.trees().stream()
                .map(tree -> TreeFixture.of(15, new String(tree, StandardCharsets.UTF_8))
                        .orElseThrow())
                .flatMap(fixture -> Stream.of(fixture.analysed(), fixture.rewritten()))
                .map(tree -> tree.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1h")
    void readsOneMeaning(byte[] text) {
        String tree = new String(text, StandardCharsets.UTF_8);
        checkShapeDigest(tree);
        Node node;
        try {
            node = NodeReader.read(tree);
        } catch (TreeException refused) {
            assertThatThrownBy(() -> TreeDigest.of(tree, "()")).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        checkSize(node, tree);
        Node again = readAgain(PrintedNode.of(node));
        assertThat(PrintedNode.of(again)).isEqualTo(PrintedNode.of(node));
        assertThat(digest(again)).isEqualTo(digest(node));
        assertThat(known(again)).isEqualTo(known(node));
    }

    /** It reads the text for itself: whatever comes, it ends in a digest or says that it cannot be read. */
    private static void checkShapeDigest(String tree) {
        try {
            assertThat(ShapeDigest.of(tree, tree)).isEqualTo(ShapeDigest.of(tree, tree));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessage("the tree cannot be read");
        }
    }

    private static Node readAgain(String printed) {
        try {
            return NodeReader.read(printed);
        } catch (TreeException refused) {
            throw new AssertionError("what was read cannot be read again", refused);
        }
    }

    private static String digest(Node node) {
        try {
            return TreeDigest.of(node, node);
        } catch (TreeException noConstant) {
            return "none";
        }
    }

    private static boolean known(Node node) {
        try {
            TreeShape.check(node);
        } catch (TreeException unknown) {
            return false;
        }
        assertThat(LISTED).as("unknown nodes refuse").containsAll(names(node));
        return true;
    }

    private static List<String> names(Node tree) {
        List<String> names = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(List.of(tree));
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Items list -> list.items().forEach(open::push);
                case Struct struct -> {
                    names.add(struct.name());
                    struct.fields().values().forEach(open::push);
                }
                default -> {}
            }
        }
        return names;
    }

    /** Every node and every character of one takes at least a character of the text. */
    private static void checkSize(Node tree, String text) {
        long nodes = 0;
        long characters = 0;
        Deque<Node> open = new ArrayDeque<>(List.of(tree));
        while (!open.isEmpty()) {
            nodes++;
            switch (open.pop()) {
                case Nothing nothing -> {}
                case Atom atom -> characters += atom.text().length();
                case Datum datum -> characters += datum.bytes().length();
                case Numbers numbers -> nodes += numbers.values().size();
                case Items list -> list.items().forEach(open::push);
                case Struct struct -> struct.fields().forEach((name, value) -> open.push(value));
            }
        }
        assertThat(nodes).isLessThanOrEqualTo(text.length());
        assertThat(characters).isLessThanOrEqualTo(text.length());
    }
}
