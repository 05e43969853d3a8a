package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.countersign.connector.postgres.analysis.LexException;
import org.countersign.connector.postgres.analysis.Piece;
import org.countersign.connector.postgres.analysis.Seeds;
import org.countersign.connector.postgres.analysis.SqlLexer;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.EmptyQueryResponse;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our split of a text beside the server's, which only parses and runs nothing but texts without a statement. */
class SplitOverPostgresFuzzTest {
    private static final int MAX_BYTES = 8_192;
    private static final int RECOMBINATIONS = 3_000;
    private static final String SEVERAL = "cannot insert multiple commands into a prepared statement";
    private static final String FINE = "";

    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static RawClient server;

    @BeforeAll
    static void start() throws Exception {
        target = DemoTarget.start(directory.resolve("target"));
        target.renew();
        server = target.direct();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        target.close();
    }

    static Stream<String> texts() {
        return Seeds.statements().stream();
    }

    static Stream<byte[]> seeds() {
        return texts().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void splitsAsTheServerDoes(String sql) throws IOException {
        String whole = opinion(sql);
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(sql);
        } catch (LexException refused) {
            assertThat(whole).isNotEqualTo(FINE);
            return;
        }
        if (pieces.size() > 1) {
            boolean anyWrong = false;
            for (Piece piece : pieces) {
                String alone = opinion(piece.text());
                assertThat(alone).as(piece.text()).isNotEqualTo(SEVERAL);
                anyWrong |= alone.startsWith("42601");
            }
            assertThat(whole.equals(SEVERAL) || whole.startsWith("42601") && anyWrong)
                    .as(whole)
                    .isTrue();
        } else {
            assertThat(whole).isNotEqualTo(SEVERAL);
        }
    }

    /** A wrong split can only give an error: what the server takes as one statement never becomes several that run. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1h")
    void runsNothingThatTheServerReadsInAnotherWay(byte[] text) throws IOException {
        String sql = new String(text, StandardCharsets.UTF_8);
        if (text.length <= MAX_BYTES && Arrays.equals(sql.getBytes(StandardCharsets.UTF_8), text)) {
            checkNothingElseRuns(sql);
        }
    }

    @Test
    void readsRecombinedTextsNoOtherWayThanTheServer() throws IOException {
        List<String> texts = Seeds.statements();
        var random = new Random(4);
        for (int i = 0; i < RECOMBINATIONS; i++) {
            checkNothingElseRuns(part(random, texts) + part(random, texts) + part(random, texts));
        }
    }

    private static String part(Random random, List<String> texts) {
        String text = texts.get(random.nextInt(texts.size()));
        int start = random.nextInt(text.length());
        int end = Math.min(text.length(), start + 1 + random.nextInt(24));
        return text.substring(start, end) + (random.nextInt(4) == 0 ? ";" : "");
    }

    private static void checkNothingElseRuns(String sql) throws IOException {
        if (sql.indexOf('\0') >= 0) {
            return;
        }
        List<Piece> pieces;
        try {
            pieces = SqlLexer.split(sql);
        } catch (LexException refused) {
            assertThat(opinion(sql).equals(FINE) && sql.indexOf('\u000b') < 0)
                    .as("the server takes what is refused here: " + sql)
                    .isFalse();
            return;
        }
        String whole = opinion(sql);
        if (pieces.isEmpty()) {
            assertThat(empty(sql)).as(sql).isTrue();
        } else if (pieces.size() == 1) {
            assertThat(opinion(pieces.getFirst().text()).isEmpty()).as(sql).isEqualTo(whole.isEmpty());
        } else if (!whole.equals(SEVERAL)) {
            List<String> opinions = new ArrayList<>();
            for (Piece piece : pieces) {
                opinions.add(opinion(piece.text()));
            }
            assertThat(opinions).as(sql).anyMatch(alone -> !alone.isEmpty());
        }
    }

    /** What the server says to it as one statement: nothing, {@link #SEVERAL}, or another error. */
    private static String opinion(String sql) throws IOException {
        server.send(new Parse("", sql, List.of()), new Sync());
        String opinion = FINE;
        for (BackendMessage message = server.receive();
                !(message instanceof ReadyForQuery);
                message = server.receive()) {
            if (message instanceof ErrorResponse error) {
                String said = error.diagnostic().message();
                opinion = said.equals(SEVERAL) ? SEVERAL : error.diagnostic().sqlState() + " " + said;
            }
        }
        return opinion;
    }

    private static boolean empty(String sql) throws IOException {
        server.send(
                new Parse("", sql, List.of()),
                new Bind("", "", List.of(), List.of(), List.of()),
                new Execute("", 0),
                new Sync());
        boolean empty = false;
        for (BackendMessage message = server.receive();
                !(message instanceof ReadyForQuery);
                message = server.receive()) {
            empty |= message instanceof EmptyQueryResponse;
        }
        return empty;
    }
}
