package org.countersign.wire.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.countersign.wire.WireException;

/**
 * The fields of an error or notice, in the order sent. A target need not send any of them, not even the SQLSTATE. Bytes
 * that are no UTF-8 stand as U+FFFD.
 *
 * @param fields by field code, each once
 * @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and notice fields</a>
 */
public record Diagnostic(SequencedMap<Character, String> fields) {
    public static final char LOCALIZED_SEVERITY = 'S';
    public static final char SEVERITY = 'V';
    public static final char SQL_STATE = 'C';
    public static final char MESSAGE = 'M';
    public static final char DETAIL = 'D';
    public static final char HINT = 'H';
    public static final char POSITION = 'P';
    public static final char CONTEXT = 'W';
    public static final char SOURCE_FILE = 'F';
    public static final char SOURCE_LINE = 'L';
    public static final char ROUTINE = 'R';
    private static final Pattern FORM_OF_STATE = Pattern.compile("[0-9A-Z]{5}");

    public Diagnostic {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /** A diagnostic of our own; add to it with {@link #with}. */
    public static Diagnostic of(String severity, String sqlState, String message) {
        SequencedMap<Character, String> fields = new LinkedHashMap<>();
        fields.put(LOCALIZED_SEVERITY, severity);
        fields.put(SEVERITY, severity);
        fields.put(SQL_STATE, sqlState);
        fields.put(MESSAGE, message);
        return new Diagnostic(fields);
    }

    public Diagnostic with(char field, String text) {
        SequencedMap<Character, String> more = new LinkedHashMap<>(fields);
        more.put(field, text);
        return new Diagnostic(more);
    }

    public Diagnostic without(char field) {
        SequencedMap<Character, String> fewer = new LinkedHashMap<>(fields);
        fewer.remove(field);
        return new Diagnostic(fewer);
    }

    public Optional<String> field(char field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The severity in English; servers before 9.6 only send the localized one. */
    public String severity() {
        return fields.getOrDefault(SEVERITY, fields.getOrDefault(LOCALIZED_SEVERITY, ""));
    }

    /** The SQLSTATE; empty when none was sent, or something that is none. */
    public String sqlState() {
        String sent = fields.getOrDefault(SQL_STATE, "");
        return FORM_OF_STATE.matcher(sent).matches() ? sent : "";
    }

    public String message() {
        return fields.getOrDefault(MESSAGE, "");
    }

    static Diagnostic read(Body body) {
        Map<Character, String> fields = new LinkedHashMap<>();
        for (byte code = body.int8("field"); code != 0; code = body.int8("field")) {
            if (fields.putIfAbsent((char) (code & 0xff), body.lenientString("field")) != null) {
                throw new WireException("diagnostic field given twice");
            }
        }
        return new Diagnostic(new LinkedHashMap<>(fields));
    }
}
