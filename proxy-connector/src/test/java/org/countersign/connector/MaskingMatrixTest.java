package org.countersign.connector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.countersign.model.masking.MaskKind;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.Column;
import org.countersign.wire.postgres.BackendMessage.CopyData;
import org.countersign.wire.postgres.BackendMessage.CopyInResponse;
import org.countersign.wire.postgres.DataRow;
import org.countersign.wire.postgres.Format;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.CopyDone;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type under every mask in every format: no part of a value leaves, and what leaves is a value of the type. */
class MaskingMatrixTest {
    private static final String CARD = "4111111111111111";

    /** In hexadecimal digits: as ASCII, as those digits printed, as a number, in numeric's digits of base 10,000. */
    private static final String[] PRINTED_CARDS = {
        hex(CARD.getBytes(StandardCharsets.US_ASCII)),
        hex(hex(CARD.getBytes(StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII)),
        "%016x".formatted(Long.parseLong(CARD)),
        "%04x%04x%04x%04x".formatted(4111, 1111, 1111, 1111)
    };

    private static final Map<MaskKind, Map<Format, TypedAnswer>> ANSWERS = new EnumMap<>(MaskKind.class);

    @TempDir
    static Path directory;

    private static TypedTarget target;
    private static RawClient direct;
    private static List<TypedValues> types;
    private static Map<Format, TypedAnswer> originals;

    @BeforeAll
    static void start() throws Exception {
        target = TypedTarget.start(directory);
        types = target.types();
        direct = target.postgres().direct();
        originals = answers(direct);
        for (MaskKind kind : MaskKind.values()) {
            try (var client = target.signedIn(kind)) {
                ANSWERS.put(kind, answers(client));
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        direct.close();
        target.close();
    }

    static Stream<Arguments> everyTypeUnderEveryMask() {
        return Stream.of(Format.values())
                .flatMap(format -> IntStream.range(0, types.size())
                        .filter(index ->
                                format == Format.TEXT || types.get(index).binary())
                        .boxed()
                        .flatMap(index -> Stream.of(MaskKind.values())
                                .map(kind -> Arguments.of(types.get(index).type(), kind, format, index))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyTypeUnderEveryMask")
    void showsNothingButTheMask(String type, MaskKind kind, Format format, int index) throws IOException {
        TypedValues values = types.get(index);
        TypedAnswer shown = shown(kind, format);
        TypedAnswer original = requireNonNull(originals.get(format));
        for (int row = 0; row < 2; row++) {
            byte[] value = shown.value(row, index);
            if (kind == MaskKind.CLEAR) {
                assertThat(value).isEqualTo(original.value(row, index));
            } else if (!values.text() || kind == MaskKind.NULL) {
                assertThat(value).isNull();
            } else {
                String text = new String(requireNonNull(value), StandardCharsets.UTF_8);
                assertThat(text).matches(expected(kind, row == 0 ? values.one() : values.other(), values.type()));
            }
            if (value != null) {
                assertThat(parsed(requireNonNull(shown.columns().get(index)), format, value))
                        .isEqualTo(value);
            }
        }
    }

    /** Two values give the same where the mask says nothing about them, and their hashes have one length. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyTypeUnderEveryMask")
    void tellsNoMoreOfTheLengthThanTheMask(String type, MaskKind kind, Format format, int index) {
        TypedAnswer shown = shown(kind, format);
        byte[] one = shown.value(0, index);
        byte[] other = shown.value(1, index);
        switch (kind) {
            case NULL, REDACT, FIRST6LAST4 -> assertThat(one).isEqualTo(other);
            case HASH -> assertThat(one == null ? -1 : one.length).isEqualTo(other == null ? -1 : other.length);
            default -> assertThat(one == null).isEqualTo(other == null);
        }
    }

    static Stream<Arguments> everythingACardNumberHidesIn() {
        String card = "'" + CARD + "'";
        return Stream.of(
                        card + "::text",
                        CARD + "::int8",
                        CARD + "::numeric",
                        CARD + ".5::numeric",
                        card + "::name",
                        card + "::bytea",
                        card + "::citext",
                        card + "::refcursor",
                        "'\"" + CARD + "\"'::jsonb",
                        "'<a>" + CARD + "</a>'::xml",
                        "'" + CARD + "'::tsvector",
                        "'$.\"" + CARD + "\"'::jsonpath",
                        "'k=>" + CARD + "'::hstore",
                        "'{" + CARD + "}'::text[]",
                        "'{" + CARD + "}'::int8[]",
                        "'{{1," + CARD + "}}'::numeric[]",
                        "'[" + CARD + ",)'::int8range",
                        "'[1," + CARD + "]'::numrange",
                        "'[1," + CARD + "]'::textrange",
                        "'{[1,2),[5," + CARD + ")}'::int8multirange",
                        "'{[1,2),[5," + CARD + ")}'::nummultirange",
                        "'(" + CARD + ",1,)'::address",
                        "'(x,1," + CARD + ")'::address",
                        "'{\"(x,1," + CARD + ")\"}'::address[]",
                        "row(1, " + CARD + ")",
                        "row(row(array[" + CARD + "]))")
                .flatMap(sql -> Stream.of(Format.values()).map(format -> Arguments.of(sql, format)));
    }

    /** What detectors look for is found in whatever it stands, whichever format the client asks for. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everythingACardNumberHidesIn")
    void findsACardNumberInEveryType(String sql, Format format) throws Exception {
        assertThat(printed(direct, sql, format)).containsAnyOf(PRINTED_CARDS);
        try (var client = target.signedIn(MaskKind.REDACT)) {
            assertThat(printed(client, sql, format)).doesNotContain(PRINTED_CARDS);
        }
    }

    /** The only value of the result as hexadecimal digits. */
    private static String printed(RawClient client, String sql, Format format) throws IOException {
        client.send(
                new Parse("", "select " + sql, List.of()),
                new Bind("", "", List.of(), List.of(), List.of(format)),
                new Execute("", 0),
                new Sync());
        for (BackendMessage message : TypedAnswer.messages(client)) {
            if (message instanceof DataRow row) {
                byte[] value = row.value(0);
                return value == null ? "" : HexFormat.of().formatHex(value);
            }
        }
        throw new IllegalStateException("no row");
    }

    static Stream<Arguments> everyMaskInEveryCopyFormat() {
        return Stream.of("text", "csv", "binary")
                .flatMap(format -> Stream.of(MaskKind.values()).map(kind -> Arguments.of(kind, format)));
    }

    /** What COPY shows is what a SELECT shows, and can be copied back. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyMaskInEveryCopyFormat")
    void copiesNothingButTheMask(MaskKind kind, String format) throws Exception {
        Format values = format.equals("binary") ? Format.BINARY : Format.TEXT;
        String columns = target.columns(values);
        List<byte[]> copied = new ArrayList<>();
        try (var client = target.signedIn(kind)) {
            client.send(
                    new Query("copy " + TypedTarget.TABLE + " (" + columns + ") to stdout (format " + format + ")"));
            TypedAnswer.messages(client).forEach(message -> {
                if (message instanceof CopyData data) {
                    copied.add(data.data());
                }
            });
        }
        direct.send(
                new Query("begin"),
                new Query("copy " + TypedTarget.EMPTY_TABLE + " (" + columns + ") from stdin (format " + format + ")"));
        TypedAnswer.messages(direct);
        BackendMessage begun = direct.receive();
        assertThat(begun).isInstanceOf(CopyInResponse.class);
        for (byte[] data : copied) {
            direct.send(new FrontendMessage.CopyData(data));
        }
        direct.send(new CopyDone());
        TypedAnswer.messages(direct);
        TypedAnswer back = TypedAnswer.of(direct, TypedTarget.EMPTY_TABLE, types, values);
        direct.send(new Query("rollback"));
        TypedAnswer.messages(direct);

        TypedAnswer shown = shown(kind, values);
        for (int row = 0; row < 2; row++) {
            for (int index : shown.columns().keySet()) {
                assertThat(stripped(back.value(row, index)))
                        .as(types.get(index).type())
                        .isEqualTo(stripped(shown.value(row, index)));
            }
        }
    }

    private static TypedAnswer shown(MaskKind kind, Format format) {
        return requireNonNull(requireNonNull(ANSWERS.get(kind)).get(format));
    }

    private static @Nullable String stripped(byte @Nullable [] value) {
        return value == null ? null : new String(value, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** What the guide says about each mask, cut to what the type has room for; a pattern. */
    private static String expected(MaskKind kind, String value, String type) {
        String text = type.equals("bpchar") || type.startsWith("char(") ? value.stripTrailing() : value;
        int length = text.codePointCount(0, text.length());
        String mask = switch (kind) {
            case HASH -> "h:0123456789abcdef";
            case LAST4 -> length <= 4 ? "*".repeat(length) : "*".repeat(length - 4) + text.substring(text.length() - 4);
            case PARTIAL -> first(text.replaceFirst("@.*[.].*", "")) + "***" + domain(text);
            default -> "***";
        };
        int room = switch (type) {
            case "name" -> 63;
            default -> type.endsWith(")") ? Integer.parseInt(type.replaceAll("\\D", "")) : Integer.MAX_VALUE;
        };
        if (mask.length() > room) {
            return Pattern.quote("***".substring(0, Math.min(3, room)));
        }
        return kind == MaskKind.HASH ? "h:[0-9a-f]{16}" : Pattern.quote(mask);
    }

    private static String first(String hidden) {
        return hidden.length() > 1 ? hidden.substring(0, 1) : "";
    }

    private static String domain(String text) {
        return text.contains("@") && text.contains(".") ? text.substring(text.indexOf('@')) : "";
    }

    /** The value as a server reads it that is told it is one of this column. */
    private static byte @Nullable [] parsed(Column column, Format format, byte[] value) throws IOException {
        direct.send(new Query("select pg_catalog.format_type(" + Integer.toUnsignedString(column.typeOid()) + ", "
                + column.typeModifier() + ")"));
        String type = requireNonNull(((DataRow) TypedAnswer.messages(direct).stream()
                        .filter(DataRow.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .text(0));
        direct.send(
                new Parse("", "select $1::" + type, List.of(column.typeOid())),
                new Bind("", "", List.of(format), List.of(value), List.of(format)),
                new Execute("", 0),
                new Sync());
        for (BackendMessage message : TypedAnswer.messages(direct)) {
            if (message instanceof DataRow row) {
                return unpadded(row.value(0), value);
            }
        }
        throw new IllegalStateException("no row");
    }

    /** A {@code char(n)} is filled up with blanks again. */
    private static byte @Nullable [] unpadded(byte @Nullable [] padded, byte[] value) {
        if (padded == null || padded.length <= value.length) {
            return padded;
        }
        for (int i = value.length; i < padded.length; i++) {
            if (padded[i] != ' ') {
                return padded;
            }
        }
        return Arrays.copyOf(padded, value.length);
    }

    private static Map<Format, TypedAnswer> answers(RawClient client) throws IOException {
        Map<Format, TypedAnswer> answers = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            answers.put(format, TypedAnswer.of(client, TypedTarget.TABLE, types, format));
        }
        return answers;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
