package org.countersign.core.policy;

import java.util.List;
import java.util.stream.Stream;
import org.countersign.model.policy.Glob;

/** What may be permitted. */
public final class Actions {
    /** Every action a permission may give; the protocol page explains each. */
    static final List<String> ALL = Stream.of(
                    "select",
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "truncate",
                    "copy-in",
                    "copy-out",
                    "call",
                    "execute",
                    "define",
                    "grant",
                    "lock",
                    "maintain",
                    "notify",
                    "session")
            .map("sql:"::concat)
            .toList();

    private Actions() {}

    /** Those that one of the patterns means. */
    public static List<String> meantBy(List<Glob> patterns) {
        return ALL.stream()
                .filter(action -> patterns.stream().anyMatch(glob -> glob.matches(action)))
                .toList();
    }
}
