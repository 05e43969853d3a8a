package org.countersign.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyPartsTest {
    private final CopyParts parts = new CopyParts(8, false);

    @Test
    void endsAtALineWhereThatCanBeHelped() {
        parts.add("ab\ncd".getBytes(UTF_8));
        assertThat(all(true)).containsExactly("ab\n");
        assertThat(all(true)).isEmpty();
        parts.add("e\n1234\n56".getBytes(UTF_8));
        assertThat(all(false)).containsExactly("cde\n");
        parts.end();
        assertThat(all(false)).containsExactly("1234\n56");
        assertThat(parts.bytes()).isZero();
    }

    @Test
    void tearsNoCharacterOfALongLine() {
        parts.add("aaaaaaaü".getBytes(UTF_8));
        assertThat(all(false)).containsExactly("aaaaaaa");
        parts.add("😀😀😀".getBytes(UTF_8));
        assertThat(all(false)).containsExactly("ü😀");
        parts.end();
        assertThat(all(false)).containsExactly("😀😀");
    }

    @Test
    void waitsForMoreUnlessAPartMayBeSmall() {
        parts.add("a\n".getBytes(UTF_8));
        assertThat(all(false)).isEmpty();
        assertThat(all(true)).containsExactly("a\n");
    }

    @Test
    void hasNoTextForWhatIsNone() {
        assertThat(parts.text(new byte[] {'a', -1})).isEmpty();
        assertThat(new CopyParts(8, true).text(new byte[] {'a'})).isEmpty();
    }

    private List<String> all(boolean small) {
        var found = new ArrayList<String>();
        for (byte[] part = parts.next(small); part != null; part = parts.next(false)) {
            found.add(new String(part, UTF_8));
        }
        return found;
    }
}
