package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import org.countersign.cli.verify.JournalVerifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's process is killed while clients write; what it leaves must not be behind what happened. */
class GatewayKillTest {
    private static final int KILLS = 100;
    private static final int CLIENTS = 4;
    private static final long SEED = 20_261_122;
    private static final int MOST_ANSWERS = 40;
    private static final int MOST_NANOS = 3_000_000;

    @TempDir
    static Path directory;

    @Started(alone = true)
    private static DemoTarget target;

    @BeforeAll
    static void start() throws IOException, SQLException {
        target.prepareMarks();
        target.logStatements();
    }

    @Test
    void nothingRanAndNothingWasShownThatIsNotRecorded() throws Exception {
        Path journal = directory.resolve("journal");
        var random = new Random(SEED);
        var told = new HashSet<String>();
        GatewayProcess next = GatewayProcess.start(target.upstream(), journal);
        for (int kill = 0; kill < KILLS; kill++) {
            try (GatewayProcess gateway = next) {
                int port = gateway.open();
                assertThat(JournalVerifier.verify(journal).fault())
                        .as("re-opened after %d kills, seed %d", kill, SEED)
                        .isEmpty();
                var load = new WriteLoad(port, "k" + kill, CLIENTS);
                next = GatewayProcess.start(target.upstream(), journal);
                load.awaitAnswers(1 + random.nextInt(MOST_ANSWERS));
                spin(random.nextInt(MOST_NANOS));
                gateway.kill();
                load.join();
                assertThat(load.hung).isEmpty();
                told.addAll(load.told);
            }
        }
        next.close();
        await().pollInterval(Duration.ofMillis(20)).until(() -> target.sessions() == 0);

        RecordedMarks recorded = RecordedMarks.read(journal);
        Set<String> ran = logged();
        assertThat(ran).as("statements in the target's log").hasSizeGreaterThan(KILLS);
        assertThat(recorded.allowed()).as("recorded before they ran").containsAll(ran);
        assertThat(recorded.shown()).as("recorded before they were shown").containsAll(told);
        assertThat(ran).as("what was shown ran").containsAll(told);
        assertThat(told.size()).as("kills between running and showing").isLessThan(ran.size());
    }

    /** The marks of the statements that the target was told to execute. */
    private static Set<String> logged() throws IOException {
        var marks = new HashSet<String>();
        try (var lines = Files.lines(target.log(), StandardCharsets.UTF_8)) {
            lines.filter(line -> line.contains("statement: " + WriteLoad.STATEMENT)
                            || line.contains("execute ") && line.contains(": " + WriteLoad.STATEMENT))
                    .map(RecordedMarks.MARK::matcher)
                    .filter(Matcher::find)
                    .forEach(mark -> marks.add(mark.group()));
        }
        return marks;
    }

    private static void spin(int nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
