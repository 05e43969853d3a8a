package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.countersign.cli.verify.JournalVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target or the core fails while clients write: everybody is told, and no record claims more than what happened. */
class TargetKillTest {
    private static final int KILLS = 100;
    private static final int CLIENTS = 4;
    private static final long SEED = 20_261_122;
    private static final int MOST_ANSWERS = 20;

    @Started(alone = true)
    private static DemoTarget target;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException, SQLException {
        target.renew();
        target.prepareMarks();
        gateway = new TestGateway(target.upstream(), journal(), 0, Optional.empty());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Every tenth time all of the target is killed, else one of its processes, after which it ends the others. */
    @Test
    void aKilledTargetIsToldToEverybodyAndNothingIsRecordedAsExecutedThatWasNot() throws Exception {
        var told = new HashSet<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            var load = new WriteLoad(gateway.port(), "k" + kill, CLIENTS);
            load.awaitAnswers(1 + random.nextInt(MOST_ANSWERS));
            if (kill % 10 == 0) {
                target.kill();
            } else {
                target.killASession();
            }
            load.join();

            assertThat(load.hung).as("kill %d", kill).isEmpty();
            assertThat(load.errors).as("kill %d", kill).hasSize(CLIENTS);
            assertThat(load.errors.values()).as("kill %d", kill).allMatch(TargetKillTest::clear);
            await().pollInterval(Duration.ofMillis(5)).until(() -> gateway.sessions() == 0);
            told.addAll(load.told);
            target.awaitReadiness();
        }
        assertRecordsTrue(told);
    }

    @Test
    void aFailingCoreIsToldToEverybodyAndNothingIsRecordedAsExecutedThatWasNot() throws Exception {
        var load = new WriteLoad(gateway.port(), "core", CLIENTS);
        for (int failure = 0; failure < KILLS; failure++) {
            load.awaitAnswers(1 + random.nextInt(MOST_ANSWERS));
            gateway.core.deskBroken = true;
            load.awaitAnswers(2 * CLIENTS);
            gateway.core.deskBroken = false;
        }
        load.stop();
        load.join();

        assertThat(load.hung).isEmpty();
        assertThat(load.errors).hasSizeGreaterThanOrEqualTo(KILLS);
        assertThat(load.errors.values()).containsOnly("ERROR 57P03");
        assertThat(ran()).doesNotContainAnyElementsOf(load.errors.keySet());
        assertRecordsTrue(load.told);
    }

    private void assertRecordsTrue(Set<String> told) throws Exception {
        await().until(() -> gateway.sessions() == 0);
        gateway.close();
        assertThat(JournalVerifier.verify(journal()).fault()).isEmpty();
        RecordedMarks recorded = RecordedMarks.read(journal());
        Set<String> ran = ran();
        assertThat(told).hasSizeGreaterThan(KILLS);
        assertThat(ran).as("shown").containsAll(told);
        assertThat(ran).as("recorded as executed").containsAll(executed(recorded.outcomes()));
        assertThat(recorded.allowed()).as("ran").containsAll(ran);
        assertThat(recorded.outcomes().keySet()).as("every command has an end").containsAll(recorded.allowed());
    }

    private static Set<String> executed(Map<String, String> outcomes) {
        return outcomes.entrySet().stream()
                .filter(end -> end.getValue().equals("executed"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether a person can tell from an error what happened. */
    private static boolean clear(String error) {
        return error.startsWith("FATAL");
    }

    private Set<String> ran() throws SQLException {
        return Set.of(target.ask("select string_agg(mark, ' ') from ran").split(" ", -1));
    }

    private Path journal() {
        return directory.resolve("journal");
    }
}
