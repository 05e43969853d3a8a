package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Dumps, restores and descriptions of a database that holds an object of every kind, on the oldest and the newest target. */
@ParameterizedClass(name = "PostgreSQL {0}")
@MethodSource("versions")
class RichComparisonTest {
    private static final String VERSIONS = "countersign.versions";
    private static final int NEWEST = 18;

    @TempDir
    static Path directory;

    private static PostgresClients programs;
    private static RichTarget target;

    @Parameter
    int version;

    /** The oldest and the newest, or those of {@code -Dcountersign.versions=15,16}. */
    static IntStream versions() {
        return Arrays.stream(System.getProperty(VERSIONS, "14,18").split(",")).mapToInt(Integer::parseInt);
    }

    @BeforeParameterizedClassInvocation
    static void start(int version) throws Exception {
        programs = PostgresClients.of(version);
        target = RichTarget.start(version, programs, directory.resolve("rich" + version));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        target.close();
    }

    @Test
    void dump() throws Exception {
        comparison().compare(new DumpClient(programs, directory.resolve("dump")), 12);
    }

    @Test
    void restore() throws Exception {
        new ClientComparison(version, target.restoredDirectly(), target.restoredGuarded(), () -> {})
                .compare(new RestoreClient(programs, target, directory.resolve("restore")), 3);
    }

    /** Restored through the gateway, everything is as it was. */
    @Test
    void roundTrip() throws Exception {
        var dumps = new DumpClient(programs, directory.resolve("round"));
        Path archive = dumps.archive(target.guarded(RichPolicy.CLEAR), List.of("--format=directory", "--jobs=2"));
        target.empty();
        String printed = Program.printed(
                directory.resolve("round"),
                target.restoredGuarded(),
                List.of(programs.program("pg_restore"), "--dbname=" + RichPolicy.TARGET, archive.toString()));
        assertThat(printed).isEqualTo("\nexit code 0");
        assertThat(lines(dumps.dump(target.restoredDirectly(), List.of())))
                .containsExactlyElementsOf(lines(dumps.dump(target.direct(), List.of())));
    }

    /** With the newest programs, which have every command. */
    @Test
    void psql() throws Exception {
        assumeTrue(version == NEWEST);
        comparison().compare(new RichPsqlClient(programs, directory.resolve("psql")), 80);
    }

    @Test
    void metadata() throws Exception {
        assumeTrue(version == NEWEST);
        comparison().compare(new MetadataClient(), 30);
    }

    private static List<String> lines(String dump) {
        return Transcript.of(dump, Normalisation.standard()).of("before the first");
    }

    private ClientComparison comparison() {
        return new ClientComparison(version, target.direct(), target.guarded(RichPolicy.CLEAR), () -> {});
    }
}
