package org.countersign.connector.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.connector.intercept.ValueForm;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.Format;

/**
 * Reads and writes values of one type in one format, as masking needs it.
 *
 * @param modifier the column's, which may limit its length; -1 when it has none
 */
record PostgresForm(int type, int modifier, Format format) implements ValueForm {
    private static final String REDACTED = "***";
    private static final int MODIFIER_OFFSET = 4;
    private static final int MAX_NAME_BYTES = 63;

    static ResultColumn column(Column column, Format format) {
        return new ResultColumn(
                column.name(),
                Types.name(column.typeOid()),
                new PostgresForm(column.typeOid(), column.typeModifier(), format));
    }

    @Override
    public Optional<String> text(byte[] value) {
        if (format == Format.TEXT) {
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        }
        return Types.textArray(type) ? BinaryContent.elements(value) : BinaryText.of(type, value);
    }

    /** The blanks that fill up a {@code char(n)} would be its last four characters. */
    @Override
    public Optional<String> significant(byte[] value) {
        Optional<String> text = text(value);
        return type == Types.BPCHAR ? text.map(PostgresForm::withoutBlanks) : text;
    }

    @Override
    public Optional<String> content(byte[] value) {
        if (type == Types.BYTEA) {
            return Optional.of(BinaryContent.ofBytes(value, format));
        }
        boolean whole = format == Format.TEXT || type < Types.FIRST_USER_OID;
        Optional<String> text = whole ? text(value) : Optional.empty();
        return text.isPresent() ? text : Optional.of(BinaryContent.of(type, value));
    }

    /** Only a text type has room for any masked text; a document becomes NULL. */
    @Override
    public Optional<byte[]> replaced(String masked) {
        return Types.text(type) ? bytes(fitting(masked)) : Optional.empty();
    }

    @Override
    public Optional<byte[]> edited(String masked) {
        boolean room = Types.text(type) || Types.document(type) || (format == Format.TEXT && Types.textArray(type));
        return room ? bytes(masked) : Optional.empty();
    }

    /** What is longer than a value of the column can be is redacted, as far as there is room. */
    private String fitting(String masked) {
        boolean limited = modifier >= MODIFIER_OFFSET && (type == Types.VARCHAR || type == Types.BPCHAR);
        if (limited && masked.codePointCount(0, masked.length()) > modifier - MODIFIER_OFFSET) {
            return REDACTED.substring(0, Math.min(REDACTED.length(), modifier - MODIFIER_OFFSET));
        }
        boolean tooLong = type == Types.NAME && masked.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
        return tooLong ? REDACTED : masked;
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private Optional<byte[]> bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (type != Types.JSONB || format == Format.TEXT) {
            return Optional.of(utf8);
        }
        byte[] versioned = new byte[utf8.length + 1];
        versioned[0] = 1;
        System.arraycopy(utf8, 0, versioned, 1, utf8.length);
        return Optional.of(versioned);
    }
}
