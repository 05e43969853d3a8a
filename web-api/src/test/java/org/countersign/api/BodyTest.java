package org.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(String text) {
        return catchThrowableOfType(ProblemException.class, () -> {
                    Body body = Body.object(bytes(text), Set.of("decision", "reason"));
                    body.text("decision");
                    body.optional("reason");
                    body.check();
                })
                .problem();
    }

    @Test
    void readsTheMembersOfAnObject() throws IOException {
        Body body = Body.object(bytes("{\"decision\":\"approve\",\"reason\":null}"), Set.of("decision", "reason"));

        assertThat(body.text("decision")).isEqualTo("approve");
        assertThat(body.optional("reason")).isEmpty();
        body.check();
    }

    @Test
    void refusesWhatIsNoObject() {
        for (String text : List.of("", "[]", "\"approve\"", "{", "{\"decision\":}", "nul", "{} {}")) {
            assertThat(problem(text).type()).as(text).isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }

    @Test
    void refusesAMemberGivenTwice() {
        assertThat(problem("{\"decision\":\"reject\",\"decision\":\"approve\"}").type())
                .isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void namesEveryMemberThatIsWrong() {
        assertThat(problem("{\"decison\":\"approve\",\"reason\":7}").json().toString())
                .contains("\"field\":\"decison\"", "\"field\":\"decision\"", "\"field\":\"reason\"")
                .contains("decision is missing", "reason must be a text");
    }

    @Test
    void readsNoMoreThanAllowed() {
        String endless = "{\"decision\":\"" + "a".repeat(Body.MAX_JSON_BYTES) + "\"}";

        assertThat(problem(endless).type()).isEqualTo(ProblemType.TOO_LARGE);
    }

    @Test
    void readsExactlyAsMuchAsAllowed() throws IOException {
        assertThat(Body.text(bytes("12345"), 5)).isEqualTo("12345");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        var latin = new ByteArrayInputStream(new byte[] {'{', (byte) 0xE9, '}'});

        assertThat(catchThrowableOfType(ProblemException.class, () -> Body.text(latin, 10))
                        .problem()
                        .detail())
                .isEqualTo("The body is not UTF-8.");
    }
}
