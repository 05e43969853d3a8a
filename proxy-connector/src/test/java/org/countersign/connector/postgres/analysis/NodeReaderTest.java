package org.countersign.connector.postgres.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.countersign.connector.postgres.analysis.Node.Atom;
import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Nothing;
import org.countersign.connector.postgres.analysis.Node.Numbers;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReaderTest {
    @Test
    void readsEveryShapeOfValue() throws Exception {
        Struct node = (Struct) NodeReader.read(
                "{A :n <> :s a\\ b\\{ :t \\<> :d 4 [ 1 0\n-3 ] :b (b 8 9) :e (b) :o (o 23) :l ({B} <> \"x\") :c :odd}");
        assertThat(node.field("n")).isEqualTo(new Nothing());
        assertThat(node.field("s")).isEqualTo(new Atom("a b{"));
        assertThat(node.field("t")).isEqualTo(new Atom("<>"));
        assertThat(node.field("d")).isEqualTo(new Datum("1 0\n-3"));
        assertThat(node.field("b")).isEqualTo(new Numbers('b', List.of(8L, 9L)));
        assertThat(node.field("e")).isEqualTo(new Numbers('b', List.of()));
        assertThat(node.field("o")).isEqualTo(new Numbers('o', List.of(23L)));
        assertThat(((Items) node.field("l")).items()).hasSize(3);
        assertThat(node.field("c")).isEqualTo(new Atom(":odd"));
    }

    @Test
    void readsNamesWithQuotes() throws Exception {
        Struct node = (Struct) NodeReader.read("{A :only \\\" :end a\" :begin \\\"a :both \\\"a\" :within a\"b}");
        assertThat(node.fields().values())
                .containsExactly(new Atom("\""), new Atom("a\""), new Atom("\"a"), new Atom("\"a\""), new Atom("a\"b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{A",
                "{A :a",
                "{A :a 1",
                "{A :a 1 2}",
                "{A :a 1 :a 2}",
                "{A :a {B} {C}}",
                "{A} {B}",
                "(1",
                "1)",
                "{A :a )}",
                "(\"a\nb\")",
                "{A :a \"a\nb\"}",
                "(a\")",
                "{A :a \"b}",
                "(b x)",
                "(b 1 \\)",
                "{A :d 4 [ x ]}",
                "{A :d 4 [ 1",
                "}",
                "{A a}"
            })
    void refusesWhatIsTornOrOutOfBalance(String text) {
        assertThatThrownBy(() -> NodeReader.read(text)).isInstanceOf(TreeException.class);
    }

    @Test
    void readsAHundredThousandLevelsWithoutRecursion() throws Exception {
        assertThat(NodeReader.read("(".repeat(100_000) + ")".repeat(100_000))).isInstanceOf(Items.class);
    }
}
