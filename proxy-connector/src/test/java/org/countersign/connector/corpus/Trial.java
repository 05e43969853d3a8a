package org.countersign.connector.corpus;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Runs entries on both ways to one vault, and leaves nothing behind that the next one could notice. */
final class Trial implements AutoCloseable {
    /** What an effect's query said before and after. */
    record Change(String before, String after) {}

    private static final Set<String> READS = Set.of("select", "values", "table", "show", "explain", "copy");
    private static final String FORGET = "DISCARD ALL";
    private final Vault vault;
    private final Map<String, Speaker> guarded = new HashMap<>();
    private final Speaker observer;
    private Speaker direct;
    final LeakCheck leaks;

    Trial(Vault vault) throws Exception {
        this.vault = vault;
        direct = vault.direct();
        observer = vault.direct();
        leaks = LeakCheck.over(observer);
    }

    /** The answers past the gateway, and what changed meanwhile. */
    Answers direct(Entry entry, List<Change> changes) throws Exception {
        boolean block = !entry.apart() && block(entry);
        if (block) {
            direct.query("BEGIN");
        }
        for (String sql : entry.first()) {
            direct.query(sql);
        }
        String before =
                entry.effect().isPresent() ? answer(direct, entry.effect().get().query()) : "";
        direct.forget();
        direct.say(entry);
        Answers answers = direct.heard();
        if (entry.effect().isPresent()) {
            changes.add(new Change(before, answer(direct, entry.effect().get().query())));
        }
        if (!direct.idle()) {
            direct.query("ROLLBACK");
        }
        for (String sql : entry.undo()) {
            direct.query(sql);
        }
        if (entry.apart()) {
            direct.close();
            direct = vault.direct();
        } else if (!entry.first().isEmpty()) {
            direct.query(FORGET);
        }
        return answers;
    }

    /**
     * Everything that came through the gateway, what the client sends first included, and what changed meanwhile.
     *
     * @param stays whether it may stay outside of a transaction because nothing of it may happen
     */
    Answers guarded(Entry entry, String principal, boolean stays, List<Change> changes) throws Exception {
        Speaker speaker = guarded.get(principal);
        if (speaker == null) {
            speaker = vault.guarded(principal);
            guarded.put(principal, speaker);
        }
        String before = entry.effect().isPresent()
                ? answer(observer, entry.effect().get().query())
                : "";
        boolean block = !entry.apart() && (stays ? !entry.first().isEmpty() || paged(entry) : block(entry));
        if (block) {
            speaker.query("BEGIN");
        }
        speaker.forget();
        for (String sql : entry.first()) {
            speaker.query(sql);
        }
        Answers first = speaker.heard();
        speaker.forget();
        speaker.say(entry);
        Answers answers = speaker.heard();
        if (!speaker.idle()) {
            speaker.query("ROLLBACK");
        }
        if (entry.effect().isPresent()) {
            changes.add(new Change(before, answer(observer, entry.effect().get().query())));
        }
        if (entry.apart()) {
            speaker.close();
            guarded.remove(principal);
        } else if (!entry.first().isEmpty()) {
            speaker.query(FORGET);
        }
        leaks.find(first).ifPresent(found -> {
            throw new AssertionError("what was sent first shows " + found + first.told());
        });
        return answers;
    }

    private static String answer(Speaker speaker, String query) throws IOException {
        boolean failed = !speaker.idle();
        speaker.forget();
        speaker.query(query);
        List<String> rows = speaker.heard().rowLines();
        return rows.isEmpty() ? "nothing" + (failed ? " in a failed transaction" : "") : String.join("\n", rows);
    }

    private static boolean paged(Entry entry) {
        return entry.way() == Way.LIMITED || entry.way() == Way.PORTAL;
    }

    private static boolean block(Entry entry) {
        String word = entry.sql().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
        boolean reads = READS.contains(word) && entry.data().isEmpty();
        return !reads
                || !entry.first().isEmpty()
                || paged(entry)
                || entry.effect().isPresent();
    }

    @Override
    public void close() throws IOException {
        for (Speaker speaker : guarded.values()) {
            speaker.close();
        }
        direct.close();
        observer.close();
    }
}
