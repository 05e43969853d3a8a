package org.countersign.connector.postgres;

import java.util.Optional;
import java.util.Set;
import org.countersign.model.CountersignError;
import org.countersign.wire.postgres.Diagnostic;

/** What became of the attempt to understand a statement. */
sealed interface Finding {
    record Understood(Statement statement, Optional<Foresight> foresight) implements Finding {
        Understood(Statement statement) {
            this(statement, Optional.empty());
        }
    }

    /** It cannot be judged, so it is refused. */
    record Unreadable(String kind, CountersignError error, String message, String hint) implements Finding {
        static Unreadable because(String kind, String reason) {
            return new Unreadable(
                    kind,
                    CountersignError.CANNOT_BE_INSPECTED,
                    "The gateway cannot inspect this statement: " + reason,
                    "Write it so that it can be inspected, or ask an administrator.");
        }
    }

    /**
     * The target found a mistake in it.
     *
     * @param late whether it tells so only when the statement runs
     */
    record Mistaken(Diagnostic diagnostic, boolean late) implements Finding {
        private static final Set<String> RAW_PARSER = Set.of("scan.l", "gram.y", "parser.c", "scansup.c");

        Mistaken(Diagnostic diagnostic) {
            this(diagnostic, false);
        }

        /** @param characters of the client's text before the part that was looked at */
        Mistaken behind(int characters) {
            return new Mistaken(ErrorPosition.shifted(diagnostic, characters), late);
        }

        /** Whether the text is no statement at all: the server finds that before it begins with any of its statements. */
        boolean unreadable() {
            return RAW_PARSER.contains(diagnostic.field(Diagnostic.SOURCE_FILE).orElse(""));
        }
    }
}
