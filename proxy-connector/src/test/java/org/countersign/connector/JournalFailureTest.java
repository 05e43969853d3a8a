package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.countersign.cli.verify.JournalVerifier;
import org.countersign.connector.metrics.Metric;
import org.countersign.journal.InjectedDisk;
import org.countersign.journal.JournalState;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's directory fails under a load of writes: sessions end, nothing runs unrecorded, and new sessions work. */
class JournalFailureTest {
    private static final int CLIENTS = 4;
    private static final int BEFORE = 40;
    private static final int WRITES_PER_SECOND = 4;

    @Started
    private static DemoTarget target;

    @TempDir
    Path directory;

    private final Set<String> told = new HashSet<>();
    private Path journal;

    @BeforeEach
    void start() throws IOException, SQLException {
        journal = Files.createDirectory(directory.resolve("journal"));
        target.renew();
        target.prepareMarks();
    }

    @Test
    void sessionsEndWhenTheDirectoryIsGoneAndNewOnesWorkWhenItIsBack() throws Exception {
        Path away = directory.resolve("away");
        try (var gateway = new TestGateway(target.upstream(), journal, 0, Optional.empty())) {
            var load = new WriteLoad(gateway.port(), "gone", CLIENTS);
            load.awaitAnswers(BEFORE);
            Files.move(journal, away);
            Files.createFile(journal);
            assertAllEnded(load);
            assertThatThrownBy(() -> signIn(gateway)).isInstanceOf(IOException.class);

            Files.delete(journal);
            Files.move(away, journal);
            assertNewSessionsWork(gateway);
        }
        assertNothingRanUnrecorded();
    }

    @Test
    void sessionsEndWhenTheDiskIsFullAndNewOnesWorkWhenItIsNot() throws Exception {
        if (!mount("-t", "tmpfs", "-o", "size=3m", "tmpfs")) {
            skipAloud("on a file system of its own, because this user cannot mount one (run as root, or with"
                    + " CAP_SYS_ADMIN): the same is tested with injected files only");
        }
        try {
            try (var gateway = new TestGateway(target.upstream(), journal, 0, Optional.empty())) {
                assertAllEndedOnTheFullDisk(gateway);
                assertThat(mount("-o", "remount,size=64m")).isTrue();
                assertNewSessionsWork(gateway);
            }
            assertNothingRanUnrecorded();
        } finally {
            assertThat(run("umount", journal.toString())).isTrue();
        }
    }

    private static void skipAloud(String what) {
        System.err.println("WARNING: NOT TESTED " + what);
        Assumptions.abort("NOT TESTED " + what);
    }

    /** The same where nobody may mount anything. */
    @Test
    void sessionsEndWhenTheInjectedDiskIsFullAndNewOnesWorkWhenItIsNot() throws Exception {
        var disk = new InjectedDisk(3 << 20);
        try (var gateway = new TestGateway(target.upstream(), disk.open(journal, TestGateway.SMALL))) {
            assertAllEndedOnTheFullDisk(gateway);
            disk.grow(64 << 20);
            assertNewSessionsWork(gateway);
        }
        assertNothingRanUnrecorded();
    }

    private void assertAllEndedOnTheFullDisk(TestGateway gateway) throws InterruptedException {
        var load = new WriteLoad(gateway.port(), "full", CLIENTS);
        assertAllEnded(load);
        assertThat(load.told).hasSizeGreaterThan(BEFORE);
        assertThatThrownBy(() -> signIn(gateway)).isInstanceOf(IOException.class);
    }

    @Test
    void sessionsWaitForADiskThatIsSlow() throws Exception {
        Optional<SlowDisk> slow = SlowDisk.mount(journal, directory.resolve("disk"));
        if (slow.isEmpty()) {
            skipAloud("on a disk that is slow, because this user cannot slow one down: the journal's own tests hold its"
                    + " files back");
        }
        try (SlowDisk disk = slow.get();
                var gateway = new TestGateway(target.upstream(), journal, 0, Optional.empty())) {
            var load = new WriteLoad(gateway.port(), "slow", CLIENTS);
            load.awaitAnswers(BEFORE);
            disk.slow(WRITES_PER_SECOND);
            load.awaitAnswers(2 * CLIENTS);
            long since = System.nanoTime();
            load.awaitAnswers(CLIENTS);
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(200));
            disk.fast();
            load.stop();
            load.join();
            assertThat(load.hung).isEmpty();
            assertThat(load.errors).isEmpty();
            told.addAll(load.told);
            gateway.close();
            assertNothingRanUnrecorded();
        }
    }

    @Test
    void theLargestSessionEndsFirstWhenTheDiskGetsLow() throws Exception {
        try (var gateway = new TestGateway(target.upstream(), journal, 0, Optional.empty());
                var small = gateway.signIn("frank");
                var large = gateway.signIn("frank")) {
            small.query("select 1");
            large.query("select repeat('x', 100000)");

            gateway.tell(new JournalState(true, 1_000, false));
            assertThat(large.query("select 1")).contains("ready IDLE");
            gateway.tell(new JournalState(true, 999, true));
            assertThat(large.answers(1)).containsExactly("FATAL SD006", "closed");
            assertThat(small.query("select 1")).contains("ready IDLE");
            assertThat(gateway.metrics.value(Metric.SESSIONS_ENDED_FOR_ROOM)).isEqualTo(1);
        }
    }

    private void assertAllEnded(WriteLoad load) throws InterruptedException {
        load.join();
        assertThat(load.hung).isEmpty();
        assertThat(load.errors).hasSize(CLIENTS);
        assertThat(load.errors.values()).containsOnly("FATAL SD006");
        told.addAll(load.told);
    }

    private void assertNewSessionsWork(TestGateway gateway) throws Exception {
        await().pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> signIn(gateway).equals("1"));
        var load = new WriteLoad(gateway.port(), "after", CLIENTS);
        load.awaitAnswers(BEFORE);
        load.stop();
        load.join();
        assertThat(load.errors).isEmpty();
        assertThat(load.hung).isEmpty();
        told.addAll(load.told);
    }

    private static String signIn(TestGateway gateway) throws Exception {
        try (var client = gateway.signIn("frank")) {
            return client.query("select 1").get(1).replaceAll("[\\[\\]]", "");
        }
    }

    private void assertNothingRanUnrecorded() throws Exception {
        assertThat(JournalVerifier.verify(journal).fault()).isEmpty();
        RecordedMarks recorded = RecordedMarks.read(journal);
        Set<String> ran =
                Set.of(target.ask("select string_agg(mark, ' ') from ran").split(" ", -1));
        assertThat(recorded.allowed()).as("ran").containsAll(ran);
        assertThat(recorded.shown()).as("shown").containsAll(told);
        assertThat(ran).containsAll(told);
    }

    private boolean mount(String... options) throws IOException, InterruptedException {
        var command = new String[options.length + 2];
        command[0] = "mount";
        System.arraycopy(options, 0, command, 1, options.length);
        command[options.length + 1] = journal.toString();
        return run(command);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
