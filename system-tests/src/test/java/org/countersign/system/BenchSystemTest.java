package org.countersign.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./countersign bench postgres}: the shape of what it prints, not the figures. */
@ExtendWith(RunningGateway.class)
class BenchSystemTest {
    private static final Path WORK = Path.of("..", "bench", "target", "postgres");
    private static final int DEMO_TARGET_PORT = 15433;
    private final Gateway gateway;

    BenchSystemTest(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void everyContenderIsMeasuredAndNothingIsLeftBehind() throws IOException, SQLException {
        var run = bench("--gateway running --quick --seconds 1 --clients 1 --workloads select --modes prepared");
        assertThat(run.exit()).as(run.text()).isZero();

        for (String contender : List.of("direct", "pgbouncer", "haproxy", "countersign")) {
            assertThat(run.text()).containsPattern("(?m)^select +prepared +1 " + contender + " +[1-9]\\d* .* 0$");
        }
        assertThat(run.text()).containsPattern("(?m) 1 direct +[1-9]\\d* +1\\.00 ");
        assertThat(Files.readString(WORK.resolve("report.md")))
                .containsPattern(
                        "(?m)^\\| select \\| prepared \\| 1 \\|( [1-9]\\d* \\|){4} \\d+\\.\\d\\d \\| \\d+\\.\\d\\d \\|$")
                .contains("Errors: direct 0, PgBouncer 0, HAProxy 0, Countersign 0.");
        assertThat(WORK.resolve("password")).doesNotExist();
        assertThat(databasesOfPgbench()).isZero();
    }

    @Test
    void anOptionThatIsNotKnownIsRefusedBeforeAnythingStarts() {
        assertThat(bench("--contenders odyssey"))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(2))
                .satisfies(run -> assertThat(run.text()).contains("not known: odyssey", "usage:"));
        assertThat(bench("--rounds 0").exit()).isEqualTo(2);
        assertThat(bench("--seconds").exit()).isEqualTo(2);
    }

    private int databasesOfPgbench() throws IOException, SQLException {
        String password = Files.readString(gateway.home().resolve("demo-target-18/superuser.password"))
                .strip();
        String url = "jdbc:postgresql://127.0.0.1:" + (DEMO_TARGET_PORT + gateway.offset()) + "/postgres";
        try (var connection = DriverManager.getConnection(url, "postgres", password);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_database where datname = 'bench'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private RunningGateway.Output bench(String options) {
        return RunningGateway.countersign(
                gateway.home(),
                gateway.offset(),
                Map.of(),
                Stream.concat(Stream.of("bench", "postgres"), Stream.of(options.split(" ")))
                        .toArray(String[]::new));
    }
}
