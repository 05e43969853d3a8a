package org.countersign.connector.postgres;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Which of the target's notices a client sees, and what of its errors. {@code client_min_messages} is the gateway's own:
 * the target always sends its log lines, and none of them ever reaches a client.
 */
final class Notices {
    private static final List<String> LEVELS = List.of("NOTICE", "WARNING", "ERROR");
    private static final List<Character> QUOTING =
            List.of(Diagnostic.DETAIL, Diagnostic.HINT, Diagnostic.CONTEXT, 'q', 'p');
    private static final List<Character> INTERNALS = List.of(Diagnostic.SOURCE_FILE, 'L', 'R');
    private static final List<Character> NAMING = List.of('s', 't', 'c', 'd', 'n');
    private static final Set<Character> RELAYED =
            Set.of('S', 'D', 'H', 'P', 'p', 'q', 'W', 's', 't', 'c', 'd', 'n', 'F', 'L', 'R');
    private static final Set<Character> NUMBERED = Set.of('P', 'p', 'L');
    private static final Set<String> SEVERITIES =
            Set.of("ERROR", "FATAL", "PANIC", "WARNING", "NOTICE", "DEBUG", "INFO", "LOG");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final String USUAL = "notice";
    private static final Set<String> NAMES =
            Set.of("debug5", "debug4", "debug3", "debug2", "debug1", "log", "info", USUAL, "warning", "error");
    private String level = USUAL;
    private int least;
    private boolean touched;
    private boolean unsure;

    /** Takes a value of {@code client_min_messages}; false when there is no such level. */
    boolean level(String value) {
        String name = value.toLowerCase(Locale.ROOT);
        if (name.equals("debug")) {
            name = "debug2";
        }
        if (!NAMES.contains(name)) {
            return false;
        }
        level = name;
        least = Math.max(0, LEVELS.indexOf(name.toUpperCase(Locale.ROOT)));
        touched = true;
        return true;
    }

    String level() {
        return level;
    }

    /** A transaction, or a part of one, ends, and with it perhaps what was set inside. */
    void transactionEnds() {
        unsure |= touched;
    }

    /** Whether the target has to be asked for the level: it keeps it where the client's transactions apply. */
    boolean unsure() {
        return unsure;
    }

    /** @param value what the target has; nothing for the usual level */
    void settle(@Nullable String value, boolean idle) {
        level(value == null || value.isEmpty() ? USUAL : value);
        unsure = false;
        touched = !idle;
    }

    /** Whether the client wants notices of this severity. */
    boolean wanted(String severity) {
        return severity.equals("INFO") || LEVELS.indexOf(severity) >= least;
    }

    /** The notice as the client may see it; empty when it is not for clients. */
    Optional<Diagnostic> shown(Diagnostic notice, MaskPlan plan, ResponseMasker masker) {
        return wanted(notice.severity()) ? Optional.of(scrubbed(notice, plan, masker)) : Optional.empty();
    }

    /**
     * A mistake the target found while it analysed a statement. Analysis runs the code of types: what such code raises
     * may quote anything. All else can only quote the statement's own constants.
     *
     * @param hidden whether anything is masked for the principal
     */
    static Diagnostic analysed(Diagnostic diagnostic, boolean hidden) {
        Diagnostic shown = wellFormed(diagnostic);
        if (!hidden) {
            return shown;
        }
        Diagnostic bare = without(QUOTING, withoutInternals(shown));
        if (raised(diagnostic)) {
            return unnamed(bare);
        }
        return shown.field(Diagnostic.HINT)
                .map(hint -> bare.with(Diagnostic.HINT, hint))
                .orElse(bare);
    }

    /** Without where in the server's source it arose, and without words that a locale chose. */
    private static Diagnostic withoutInternals(Diagnostic diagnostic) {
        return without(INTERNALS, diagnostic).with(Diagnostic.LOCALIZED_SEVERITY, diagnostic.severity());
    }

    /** Without what code that raises it may have put anywhere: it chooses even the names of the objects. */
    private static Diagnostic unnamed(Diagnostic diagnostic) {
        return without(NAMING, diagnostic).with(Diagnostic.MESSAGE, generic(diagnostic.sqlState()));
    }

    private static Diagnostic without(List<Character> fields, Diagnostic diagnostic) {
        Diagnostic shown = diagnostic;
        for (char field : fields) {
            shown = shown.without(field);
        }
        return shown;
    }

    /** Only fields that the protocol has, in the order sent, and in those with a form nothing but it. */
    static Diagnostic wellFormed(Diagnostic diagnostic) {
        String severity = SEVERITIES.contains(diagnostic.severity()) ? diagnostic.severity() : "ERROR";
        String sqlState = diagnostic.sqlState().isEmpty() ? "XX000" : diagnostic.sqlState();
        Diagnostic shown = Diagnostic.of(severity, sqlState, diagnostic.message());
        for (var field : diagnostic.fields().entrySet()) {
            boolean number = NUMBERED.contains(field.getKey());
            if (RELAYED.contains(field.getKey())
                    && (!number || NUMBER.matcher(field.getValue()).matches())) {
                shown = shown.with(field.getKey(), field.getValue());
            }
        }
        return shown;
    }

    /** Whether a function's code chose the text. */
    private static boolean raised(Diagnostic diagnostic) {
        return diagnostic.field(Diagnostic.CONTEXT).isPresent()
                || diagnostic.field(Diagnostic.SOURCE_FILE).orElse("").equals("pl_exec.c");
    }

    /** The error as the client may see it. */
    static Diagnostic scrubbed(Diagnostic diagnostic, MaskPlan plan, ResponseMasker masker) {
        Diagnostic shown = wellFormed(diagnostic);
        if (plan.messagesScrubbed()) {
            shown = without(QUOTING, withoutInternals(shown));
            if (raised(diagnostic)) {
                return unnamed(shown);
            }
            return harmless(shown.sqlState()) ? shown : shown.with(Diagnostic.MESSAGE, generic(shown.sqlState()));
        }
        for (char field : List.of(Diagnostic.MESSAGE, Diagnostic.DETAIL, Diagnostic.HINT, Diagnostic.CONTEXT)) {
            Optional<String> text = shown.field(field);
            if (text.isPresent()) {
                shown = shown.with(field, masker.shown(text.get()));
            }
        }
        return shown;
    }

    /** Classes whose messages name objects and states, never stored values. */
    private static boolean harmless(String sqlState) {
        return sqlState.startsWith("42")
                || sqlState.startsWith("25")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57")
                || sqlState.startsWith("40")
                || sqlState.startsWith("55")
                || sqlState.startsWith("26")
                || sqlState.startsWith("34")
                || sqlState.startsWith("0A");
    }

    private static String generic(String sqlState) {
        return switch (sqlState) {
            case "23505" -> "a value that has to be unique exists already";
            case "23503" -> "a referenced row does not exist, or is still referenced";
            case "23502" -> "a value that is required is missing";
            case "23514" -> "a check constraint is violated";
            case "22P02" -> "a value has the wrong form for its type";
            case "22001" -> "a value is too long for its type";
            case "22003" -> "a number is out of the range of its type";
            case "22012" -> "division by zero";
            default ->
                sqlState.startsWith("00") || sqlState.startsWith("01")
                        ? "the target sent a notice; its text could quote masked values"
                        : "the target refused the command (" + sqlState + "); its text could quote masked values";
        };
    }
}
