package org.countersign.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void comesBackAsItWent() {
        Cursor cursor = new Cursor(Instant.parse("2026-11-22T10:00:00.123456Z"), UUID.randomUUID());

        assertThat(Cursor.of(cursor.encoded())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA", "MTp4"})
    void refusesWhatIsNoCursor(String text) {
        assertThatThrownBy(() -> Cursor.of(text)).isInstanceOf(InvalidRequestException.class);
    }
}
