package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.countersign.connector.postgres.analysis.Node.Atom;
import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Nothing;
import org.countersign.connector.postgres.analysis.Node.Numbers;
import org.countersign.connector.postgres.analysis.Node.Struct;

/** Prints a node as a server would, with every character escaped that may be. */
final class PrintedNode {
    private final StringBuilder out = new StringBuilder();
    private final Deque<Object> open = new ArrayDeque<>();

    private PrintedNode(Node node) {
        open.push(node);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case String text -> out.append(text);
                case Node next -> print(next);
                default -> throw new IllegalStateException();
            }
        }
    }

    static String of(Node node) {
        return new PrintedNode(node).out.toString();
    }

    private void print(Node node) {
        switch (node) {
            case Nothing nothing -> out.append("<>");
            case Atom atom -> word(atom.text());
            case Datum datum -> out.append("0 [ ").append(datum.bytes()).append(" ]");
            case Numbers numbers -> {
                out.append('(').append(numbers.kind());
                numbers.values().forEach(number -> out.append(' ').append(number));
                out.append(')');
            }
            case Items list -> {
                out.append('(');
                open.push(")");
                for (Node item : list.items().reversed()) {
                    open.push(item);
                    open.push(" ");
                }
            }
            case Struct struct -> struct(struct);
        }
    }

    private void struct(Struct struct) {
        out.append('{');
        word(struct.name());
        open.push("}");
        for (var field : new ArrayList<>(struct.fields().entrySet()).reversed()) {
            open.push(field.getValue());
            open.push(" " + escaped(":" + field.getKey()) + " ");
        }
    }

    private void word(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        out.append(quoted ? '"' + escaped(text.substring(1, text.length() - 1)) + '"' : escaped(text));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append('\\').append(text.charAt(i));
        }
        return escaped.toString();
    }
}
