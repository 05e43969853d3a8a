package org.countersign.connector.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements that stay prepared on the target when nobody uses them, because drivers send the same text again and again.
 * Whether one still means what it meant shows at its Bind, as with every prepared statement. Bounded; confined to the
 * session's event loop.
 */
final class KeptStatements {
    private static final int MAX_UNUSED = 64;
    private static final int MAX_TEXT_CHARACTERS = 8 << 10;
    private final Consumer<String> closed;
    private final Map<Key, Kept> current = new HashMap<>();
    private final Map<String, Kept> named = new HashMap<>();
    private final Map<String, Kept> unused = new LinkedHashMap<>();

    private record Key(String text, List<Integer> types, List<String> settings) {}

    private static final class Kept {
        final Key key;
        final Statement statement;
        int users = 1;

        Kept(Key key, Statement statement) {
            this.key = key;
            this.statement = statement;
        }
    }

    /** @param closed takes the names of statements that have to be closed on the target */
    KeptStatements(Consumer<String> closed) {
        this.closed = closed;
    }

    /** The statement for one more user, who {@link #release releases} it in the end. */
    Optional<Statement> take(String text, List<Integer> types, List<String> settings) {
        if (current.isEmpty() || text.length() > MAX_TEXT_CHARACTERS) {
            return Optional.empty();
        }
        @Nullable Kept kept = current.get(new Key(text, types, settings));
        if (kept == null) {
            return Optional.empty();
        }
        if (kept.users++ == 0) {
            unused.remove(name(kept));
        }
        return Optional.of(kept.statement);
    }

    /** Keeps a statement that was just prepared, with its first user. */
    void keep(Statement statement, List<Integer> types, List<String> settings) {
        if (statement.text().length() <= MAX_TEXT_CHARACTERS
                && statement.target().isPresent()) {
            var key = new Key(statement.text(), List.copyOf(types), settings);
            var kept = new Kept(key, statement);
            current.put(key, kept);
            named.put(name(kept), kept);
        }
    }

    /** One user less; false when it is none of these statements. */
    boolean release(String name) {
        @Nullable Kept kept = named.get(name);
        if (kept == null) {
            return false;
        }
        if (--kept.users == 0) {
            if (current.get(kept.key) == kept) {
                unused.put(name, kept);
                if (unused.size() > MAX_UNUSED) {
                    drop(unused.values().iterator().next());
                }
            } else {
                drop(kept);
            }
        }
        return true;
    }

    /** Something was defined: nobody new gets any of them. */
    void forget() {
        current.clear();
        for (Kept kept : unused.values().toArray(Kept[]::new)) {
            drop(kept);
        }
    }

    private void drop(Kept kept) {
        String name = name(kept);
        current.remove(kept.key, kept);
        named.remove(name);
        unused.remove(name);
        closed.accept(name);
    }

    private static String name(Kept kept) {
        return kept.statement.target().orElseThrow();
    }
}
