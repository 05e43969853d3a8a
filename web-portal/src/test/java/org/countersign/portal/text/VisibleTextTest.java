package org.countersign.portal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.countersign.portal.text.VisibleText.Deceptive;
import org.countersign.portal.text.VisibleText.Hidden;
import org.countersign.portal.text.VisibleText.Piece;
import org.countersign.portal.text.VisibleText.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @Test
    void leavesOrdinaryTextAlone() {
        String text = "update orders\n   set note = 'Grüße, 你好, Привет, שלום'\n where id = 7";

        assertThat(VisibleText.of(text).pieces()).containsExactly(new Plain(text));
    }

    @Test
    void drawsControlCharactersAsTheirPictures() {
        assertThat(VisibleText.of("a\0b\tc\rd\u007f").pieces())
                .containsExactly(
                        new Plain("a"),
                        new Hidden("\0", "\u2400", "NULL"),
                        new Plain("b"),
                        new Hidden("\t", "\u2409", "CHARACTER TABULATION"),
                        new Plain("c"),
                        new Hidden("\r", "\u240d", "CARRIAGE RETURN (CR)"),
                        new Plain("d"),
                        new Hidden("\u007f", "\u2421", "DELETE"));
    }

    @Test
    void namesTheOverrideThatWouldTurnTextAround() {
        assertThat(VisibleText.of("a\u202eb").pieces())
                .containsExactly(
                        new Plain("a"), new Hidden("\u202e", "U+202E", "RIGHT-TO-LEFT OVERRIDE"), new Plain("b"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x85, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
                0x2029, 0x202A, 0x202D, 0x2060, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0,
                0xFFF9, 0x1D173, 0xE0041, 0xE0101, 0x10FFFF
            })
    void hidesNoCharacterWithoutAShape(int codePoint) {
        assertThat(VisibleText.of("x" + Character.toString(codePoint) + "y").hidden())
                .isEqualTo(1);
    }

    @Test
    void drawsHalfOfASurrogatePair() {
        assertThat(VisibleText.of("x\ud800y").hidden()).isEqualTo(1);
    }

    @Test
    void drawsCombiningMarksThatWouldStrikeOutTheirNeighbour() {
        assertThat(VisibleText.of("1\u0338").hidden()).isEqualTo(1);
        assertThat(VisibleText.of("e\u0301\u0302\u0303\u0304").hidden()).isEqualTo(2);
        assertThat(VisibleText.of("e\u0301").honest()).isTrue();
    }

    @Test
    void flagsAWordOfTwoScripts() {
        assertThat(VisibleText.of("from \u0440ayments p").pieces())
                .containsExactly(
                        new Plain("from "),
                        new Deceptive("\u0440ayments", "mixes Latin and Cyrillic letters in one word"),
                        new Plain(" p"));
    }

    @Test
    void flagsAForeignWordInLatinShapes() {
        assertThat(VisibleText.of("\u0441\u0430\u0440").deceptive())
                .extracting(Deceptive::warning)
                .containsExactly("Cyrillic letters that look like Latin");
    }

    @Test
    void flagsFullWidthLetters() {
        assertThat(VisibleText.of("\uff4frders").deceptive()).hasSize(1);
    }

    @Test
    void losesNothing() {
        var text = new StringBuilder();
        for (int codePoint = 0; codePoint < 0x3000; codePoint++) {
            text.appendCodePoint(codePoint);
        }

        List<Piece> pieces = VisibleText.of(text.toString()).pieces();

        assertThat(pieces.stream().map(Piece::source).collect(Collectors.joining()))
                .isEqualTo(text.toString());
    }
}
