package org.countersign.core.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.countersign.model.policy.Glob;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of a manifest, where it stands. What does not fit becomes a problem and a harmless stand-in is returned, so
 * that reading goes on and finds the other problems; nothing that was read with problems is ever used.
 */
record Value(Node node, String path, Reading reading) {
    private static final int MAX_TEXT = 4096;
    private static final int MAX_GLOB = 512;
    private static final Duration LONGEST = Duration.ofDays(30);

    void problem(String message) {
        reading.problem(node, path, message);
    }

    /** A mapping of which all keys are known. */
    Fields fields(String... known) {
        return new Fields(this, known);
    }

    /** A mapping whose keys the author chooses. */
    Map<String, Value> entries() {
        var entries = new LinkedHashMap<String, Value>();
        if (!(node instanceof MappingNode mapping)) {
            problem("expected a mapping of keys to values");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                reading.problem(tuple.getKeyNode(), path, "a key is plain text");
                continue;
            }
            String at = under(key.getValue());
            if (entries.putIfAbsent(key.getValue(), new Value(tuple.getValueNode(), at, reading)) != null) {
                reading.problem(key, at, "the key is given twice");
            }
        }
        return entries;
    }

    /** The keys themselves, where they stand. */
    Map<String, Value> keys() {
        var keys = new LinkedHashMap<String, Value>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    keys.putIfAbsent(key.getValue(), new Value(key, under(key.getValue()), reading));
                }
            }
        }
        return keys;
    }

    private String under(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    List<Value> items() {
        var items = new ArrayList<Value>();
        if (!(node instanceof SequenceNode sequence)) {
            problem("expected a list");
            return items;
        }
        for (Node item : sequence.getValue()) {
            items.add(new Value(item, path + "[" + items.size() + "]", reading));
        }
        return items;
    }

    <T> List<T> list(Function<Value, T> each) {
        return items().stream().map(each).toList();
    }

    Set<String> texts() {
        return new LinkedHashSet<>(list(Value::text));
    }

    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            problem("expected text");
            return "";
        }
        if (!scalar.getTag().equals(Tag.STR)) {
            problem("expected text; write it in quotes");
            return "";
        }
        if (scalar.getValue().isBlank()) {
            problem("expected text, it is empty");
        }
        if (scalar.getValue().length() > MAX_TEXT) {
            problem("has " + scalar.getValue().length() + " characters, limit " + MAX_TEXT);
        }
        return scalar.getValue();
    }

    /** The characters of any scalar, for values that YAML takes for something else than text. */
    String written() {
        return node instanceof ScalarNode scalar
                        && (scalar.getTag().equals(Tag.NULL) || scalar.getTag().equals(Tag.BOOL))
                        && !scalar.getValue().isEmpty()
                ? scalar.getValue()
                : text();
    }

    String choice(List<String> allowed) {
        String chosen = written();
        if (!chosen.isEmpty() && !allowed.contains(chosen)) {
            problem("unknown value " + chosen + "; allowed: " + String.join(", ", allowed));
        }
        return chosen;
    }

    String matching(String pattern, String description) {
        String text = text();
        if (!text.isEmpty() && !text.matches(pattern)) {
            problem("expected " + description);
        }
        return text;
    }

    Glob glob() {
        String text = text();
        if (text.length() > MAX_GLOB) {
            problem("has " + text.length() + " characters, limit " + MAX_GLOB);
        }
        return new Glob(text);
    }

    long integer(long smallest, long largest) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                long number = Long.parseLong(scalar.getValue());
                if (number >= smallest && number <= largest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below like any other number that does not fit
            }
        }
        problem("expected a whole number from " + smallest + " to " + largest);
        return smallest;
    }

    Duration duration() {
        return duration(LONGEST);
    }

    Duration duration(Duration longest) {
        String text = text();
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(longest) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // reported below like any other duration that does not fit
        }
        problem("expected a duration such as PT15M, at most " + longest);
        return longest;
    }
}
