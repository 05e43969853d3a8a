package org.countersign.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.countersign.connector.intercept.ResponseMasker;
import org.countersign.connector.intercept.ResultColumn;
import org.countersign.model.masking.HashKey;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.masking.MaskPlan;
import org.countersign.wire.postgres.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskedValueTest {
    private static final String PAN = "4111111111111111";

    @Test
    void masksTextInPlaceInBothFormats() {
        assertThat(masked(Types.TEXT, Format.TEXT, MaskKind.FIRST6LAST4, bytes(PAN)))
                .isEqualTo("411111******1111");
        assertThat(masked(Types.VARCHAR, Format.BINARY, MaskKind.LAST4, bytes(PAN)))
                .isEqualTo("************1111");
    }

    @Test
    void showsNullForTypesWithoutRoomForTheMaskedText() {
        byte[] number = ByteBuffer.allocate(8).putLong(42).array();
        assertThat(masked(Types.INT8, Format.BINARY, MaskKind.REDACT, number)).isNull();
        assertThat(masked(Types.NUMERIC, Format.TEXT, MaskKind.REDACT, bytes("42.5")))
                .isNull();
        assertThat(masked(Types.CHAR, Format.TEXT, MaskKind.REDACT, bytes("x"))).isNull();
    }

    @Test
    void showsNullForAMaskedDocument() {
        assertThat(masked(Types.JSON, Format.TEXT, MaskKind.REDACT, bytes("{\"a\":1}")))
                .isNull();
        assertThat(masked(Types.JSONB, Format.BINARY, MaskKind.REDACT, bytes("\u0001{\"a\":1}")))
                .isNull();
    }

    @Test
    void showsNullForABinaryValueOfAnUnknownTypeUnderAMask() {
        assertThat(masked(600, Format.BINARY, MaskKind.PARTIAL, new byte[16])).isNull();
    }

    @Test
    void findsSensitiveContentInClearColumns() {
        assertThat(detected(Types.TEXT, Format.TEXT, bytes("card " + PAN + " given")))
                .isEqualTo("card 411111******1111 given");
        assertThat(detected(Types.JSONB, Format.BINARY, bytes("\u0001{\"c\":\"" + PAN + "\"}")))
                .isEqualTo("\u0001{\"c\":\"411111******1111\"}");
        assertThat(detected(1009, Format.TEXT, bytes("{" + PAN + "}"))).isEqualTo("{411111******1111}");
    }

    @Test
    void hidesANumberThatIsACardNumber() {
        assertThat(detected(Types.INT8, Format.TEXT, bytes(PAN))).isNull();
        assertThat(detected(
                        Types.INT8,
                        Format.BINARY,
                        ByteBuffer.allocate(8).putLong(Long.parseLong(PAN)).array()))
                .isNull();
    }

    @Test
    void hidesABinaryArrayInWhichSomethingIsFound() {
        byte[] pan = bytes(PAN);
        byte[] array = ByteBuffer.allocate(20 + 4 + pan.length)
                .putInt(1)
                .putInt(0)
                .putInt(Types.TEXT)
                .putInt(1)
                .putInt(1)
                .putInt(pan.length)
                .put(pan)
                .array();
        assertThat(detected(1009, Format.BINARY, array)).isNull();
    }

    @Test
    void leavesHarmlessValuesUntouched() {
        byte[] harmless = bytes("nothing here");
        var masker = masker(Types.TEXT, Format.TEXT, MaskKind.CLEAR);
        assertThat(masker.shown(0, harmless)).isSameAs(harmless);
        assertThat(masker.shown(0, null)).isNull();
        assertThat(masker.takeMasked()).isZero();
    }

    @Test
    void countsMaskedValues() {
        var masker = masker(Types.TEXT, Format.TEXT, MaskKind.REDACT);
        masker.shown(0, bytes("a"));
        masker.shown(0, bytes("b"));
        assertThat(masker.takeMasked()).isEqualTo(2);
        assertThat(masker.takeMasked()).isZero();
    }

    @Test
    void refusesAPlanForOtherColumns() {
        assertThatThrownBy(() -> new ResponseMasker(List.of(), plan(MaskKind.CLEAR), key()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsBinaryNumbersAsTheServerPrintsThem() {
        byte[] numeric = ByteBuffer.allocate(14)
                .putShort((short) 3)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 3)
                .putShort((short) 1)
                .putShort((short) 2345)
                .putShort((short) 6780)
                .array();
        assertThat(BinaryText.of(Types.NUMERIC, numeric)).contains("12345.678");
        assertThat(BinaryText.of(Types.INT4, new byte[] {0, 0, 0, 7})).contains("7");
        assertThat(BinaryText.of(Types.INT4, new byte[] {0, 7})).isEmpty();
        assertThat(BinaryText.of(Types.DATE, new byte[4])).contains("2000-01-01");
    }

    private static @Nullable String masked(int type, Format format, MaskKind kind, byte[] value) {
        return text(masker(type, format, kind).shown(0, value));
    }

    private static @Nullable String detected(int type, Format format, byte[] value) {
        return masked(type, format, MaskKind.CLEAR, value);
    }

    private static ResponseMasker masker(int type, Format format, MaskKind kind) {
        return new ResponseMasker(
                List.of(new ResultColumn("c", Types.name(type), new PostgresForm(type, -1, format))),
                plan(kind),
                key());
    }

    private static MaskPlan plan(MaskKind kind) {
        return new MaskPlan(List.of(kind), Map.of("pan", MaskKind.FIRST6LAST4), true, 10);
    }

    private static HashKey key() {
        return new HashKey(new byte[16]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
