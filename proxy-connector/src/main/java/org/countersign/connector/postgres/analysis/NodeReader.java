package org.countersign.connector.postgres.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countersign.connector.postgres.analysis.Node.Atom;
import org.countersign.connector.postgres.analysis.Node.Datum;
import org.countersign.connector.postgres.analysis.Node.Items;
import org.countersign.connector.postgres.analysis.Node.Nothing;
import org.countersign.connector.postgres.analysis.Node.Numbers;
import org.countersign.connector.postgres.analysis.Node.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads PostgreSQL's node text, whatever the nodes are. Iterative, so depth costs heap and not stack.
 *
 * <p>The server wraps its output at 78 characters, in the middle of a name when there is no space. A name can be chosen
 * so that the break falls between a backslash and what it escapes. So this reader is strict: a field has exactly one
 * value, what stands in a list is quoted at both ends or nowhere, and everything has to balance.
 */
final class NodeReader {
    static final int MAX_CHARACTERS = 32 << 20;
    static final Nothing NOTHING = new Nothing();

    private final NodeTokens tokens;
    private final Deque<Open> stack = new ArrayDeque<>();

    private NodeReader(String text) {
        this.tokens = new NodeTokens(text);
    }

    /** One node, with nothing behind it. */
    static Node read(String text) throws TreeException {
        if (text.length() > MAX_CHARACTERS) {
            throw new TreeException("the tree is longer than " + MAX_CHARACTERS + " characters");
        }
        return new NodeReader(text).read();
    }

    /** A structure or list that is not closed yet. */
    private static final class Open {
        final @Nullable String struct;
        final Map<String, Node> fields = new LinkedHashMap<>();
        final List<Node> items = new ArrayList<>();

        @Nullable
        String field;

        Open(@Nullable String struct) {
            this.struct = struct;
        }
    }

    private Node read() throws TreeException {
        Node done = null;
        while (done == null) {
            done = step();
        }
        if (tokens.next() != null) {
            throw new TreeException("the tree goes on behind its end");
        }
        return done;
    }

    private @Nullable Node step() throws TreeException {
        String token = tokens.next();
        if (token == null) {
            throw new TreeException("the tree ends too early");
        }
        Open top = stack.peek();
        if (top != null && top.struct != null && top.field == null) {
            return fieldOrEnd(top, token);
        }
        if (token.equals("{") && tokens.structural()) {
            return open(new Open(NodeLabels.full(tokens.word())));
        }
        if (token.equals("(") && tokens.structural()) {
            return tokens.numbersAhead() ? value(numbers()) : open(new Open(null));
        }
        if (token.equals(")") && tokens.structural() && top != null && top.struct == null) {
            stack.pop();
            return value(new Items(top.items));
        }
        if (tokens.structural()) {
            throw new TreeException("the tree is out of balance");
        }
        if (tokens.endsInQuote() && (top == null || top.struct == null)) {
            throw new TreeException(NodeTokens.TORN);
        }
        return value(plain(token));
    }

    private @Nullable Node open(Open opened) {
        stack.push(opened);
        return null;
    }

    private @Nullable Node fieldOrEnd(Open top, String token) throws TreeException {
        if (token.equals("}") && tokens.structural() && top.struct != null) {
            stack.pop();
            return value(new Struct(top.struct, top.fields));
        }
        if (tokens.structural() || token.length() < 2 || token.charAt(0) != ':') {
            throw new TreeException(top.struct + " has more than one value for a field");
        }
        top.field = token.substring(1);
        return null;
    }

    private Node plain(String token) throws TreeException {
        if (tokens.nothing()) {
            return NOTHING;
        }
        return tokens.bytesAhead() ? new Datum(tokens.bytes()) : new Atom(token);
    }

    private Numbers numbers() throws TreeException {
        char kind = tokens.word().charAt(0);
        List<Long> values = new ArrayList<>();
        for (String word = tokens.word(); !tokens.structural() || !word.equals(")"); word = tokens.word()) {
            try {
                values.add(Long.parseLong(word));
            } catch (NumberFormatException notANumber) {
                throw new TreeException("a list of numbers holds something else");
            }
        }
        return new Numbers(kind, values);
    }

    /** Hands a finished node to what it belongs to; the outermost one is the result. */
    private @Nullable Node value(Node node) throws TreeException {
        Open top = stack.peek();
        if (top == null) {
            return node;
        }
        if (top.struct == null) {
            top.items.add(node);
        } else if (top.field != null) {
            if (top.fields.put(top.field, node) != null) {
                throw new TreeException(top.struct + " has the field " + top.field + " twice");
            }
            top.field = null;
        }
        return null;
    }
}
