package org.countersign.connector.postgres;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The text of binary values of common types; empty for any other type and for bytes that are no value of theirs.
 *
 * @see <a href="https://github.com/postgres/postgres/tree/master/src/backend/utils/adt">the send functions</a>
 */
final class BinaryText {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final int NUMERIC_HEADER_BYTES = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int SPECIAL = 0xC000;
    private static final int MAX_NUMERIC_DIGITS = 40_000;

    private BinaryText() {}

    static Optional<String> of(int type, byte[] value) {
        var in = ByteBuffer.wrap(value);
        return switch (type) {
            case Types.BOOL -> sized(value, 1).map(v -> v.get() == 0 ? "f" : "t");
            case Types.INT2 -> sized(value, 2).map(v -> Short.toString(v.getShort()));
            case Types.INT4 -> sized(value, 4).map(v -> Integer.toString(v.getInt()));
            case Types.OID -> sized(value, 4).map(v -> Integer.toUnsignedString(v.getInt()));
            case Types.INT8 -> sized(value, 8).map(v -> Long.toString(v.getLong()));
            case Types.FLOAT4 -> sized(value, 4).map(v -> Float.toString(v.getFloat()));
            case Types.FLOAT8 -> sized(value, 8).map(v -> Double.toString(v.getDouble()));
            case Types.UUID -> sized(value, 16).map(v -> new UUID(v.getLong(), v.getLong()).toString());
            case Types.DATE ->
                sized(value, 4).map(v -> EPOCH.plusDays(v.getInt()).toString());
            case Types.TIMESTAMP -> sized(value, 8).map(v -> timestamp(v.getLong()));
            case Types.TIMESTAMPTZ -> sized(value, 8).map(v -> timestamp(v.getLong()) + "+00");
            case Types.NUMERIC -> numeric(in);
            case Types.JSONB -> value.length > 0 && value[0] == 1 ? utf8(in.position(1)) : Optional.empty();
            case Types.JSON, Types.XML, Types.CHAR -> utf8(in);
            default -> Types.text(type) || type >= Types.FIRST_USER_OID ? utf8(in) : Optional.empty();
        };
    }

    private static Optional<ByteBuffer> sized(byte[] value, int bytes) {
        return value.length == bytes ? Optional.of(ByteBuffer.wrap(value)) : Optional.empty();
    }

    static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String timestamp(long micros) {
        if (micros == Long.MAX_VALUE) {
            return "infinity";
        }
        if (micros == Long.MIN_VALUE) {
            return "-infinity";
        }
        LocalDateTime at = EPOCH.atStartOfDay().plus(micros, ChronoUnit.MICROS);
        return at.atOffset(ZoneOffset.UTC).toLocalDateTime().toString().replace('T', ' ');
    }

    /** Digits in base 10,000, the first with the weight given. */
    private static Optional<String> numeric(ByteBuffer in) {
        if (in.remaining() < NUMERIC_HEADER_BYTES) {
            return Optional.empty();
        }
        int digits = in.getShort() & 0xffff;
        int weight = in.getShort();
        int sign = in.getShort() & 0xffff;
        int scale = in.getShort() & 0x3fff;
        if ((sign & SPECIAL) == SPECIAL) {
            return Optional.of(sign == SPECIAL ? "NaN" : sign == 0xD000 ? "Infinity" : "-Infinity");
        }
        if (in.remaining() != digits * 2 || digits > MAX_NUMERIC_DIGITS) {
            return Optional.empty();
        }
        var whole = new StringBuilder();
        for (int i = 0; i <= weight; i++) {
            whole.append(String.format("%04d", i < digits ? in.getShort() : 0));
        }
        var fraction = new StringBuilder();
        for (int i = weight + 1; i < 0; i++) {
            fraction.append("0000");
        }
        while (in.hasRemaining()) {
            fraction.append(String.format("%04d", in.getShort()));
        }
        while (fraction.length() < scale) {
            fraction.append('0');
        }
        fraction.setLength(scale);
        String number = whole.isEmpty() ? "0" : new BigInteger(whole.toString()).toString();
        return Optional.of((sign == NEGATIVE ? "-" : "") + number + (scale > 0 ? "." + fraction : ""));
    }
}
