package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.countersign.connector.TestGateway;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client sees through the gateway what it sees without it, on every version of the target, where nothing is masked. */
@ParameterizedClass(name = "PostgreSQL {0}")
@MethodSource("versions")
class ClientsComparisonTest {
    private static final String VERSIONS = "countersign.versions";
    private static final String MAPPERS = "countersign.mappers";
    private static final Set<Integer> MAPPED = Set.of(14, 18);
    private static final int FEWEST_STATEMENTS = 3_000;

    /** Operations that a client has to have done at the least, for those that every version meets. */
    private static final Map<String, Integer> EVERYWHERE = Map.of(
            "psql", 60,
            "pgjdbc", 125,
            "psycopg2", 40,
            "node-postgres", 40,
            "pgbench", 150,
            "hikari", 40,
            "pgbouncer", 40);

    /** The same for {@link #mapping()}. */
    private static final Map<String, Integer> MAPPERS_ONLY = Map.of(
            "combinations", 50,
            "hibernate", 140,
            "eclipselink", 80,
            "sqlalchemy", 18,
            "django", 20,
            "sequelize", 11);

    @TempDir
    static Path directory;

    private static ComparedTarget target;
    private static TestGateway gateway;

    /** The clients of this version that were equal. */
    private static final Set<String> compared = new HashSet<>();

    @Parameter
    int version;

    /** All, or those of {@code -Dcountersign.versions=15,16}. */
    static IntStream versions() {
        return Arrays.stream(System.getProperty(VERSIONS, "14,15,16,17,18").split(","))
                .mapToInt(Integer::parseInt);
    }

    @BeforeParameterizedClassInvocation
    static void start(int version) throws IOException, SQLException {
        compared.clear();
        target = ComparedTarget.start(version, directory.resolve("target" + version));
        gateway = new TestGateway(target.upstream(), journal(version), 0, Optional.empty());
    }

    @AfterParameterizedClassInvocation
    static void stop(int version) throws IOException {
        gateway.close();
        target.close();
        if (isWhole(version)) {
            Set<String> statements = DistinctStatements.in(journal(version));
            Files.write(Path.of("target", "clients", "statements-" + version + ".txt"), statements);
            assertThat(statements).hasSizeGreaterThanOrEqualTo(FEWEST_STATEMENTS);
        }
    }

    /** Whether all clients that this version is to meet were compared, not only some that somebody selected. */
    private static boolean isWhole(int version) {
        return MAPPED.contains(version)
                && compared.containsAll(EVERYWHERE.keySet())
                && mapping().map(Client::name).allMatch(compared::contains);
    }

    private static Path journal(int version) {
        return directory.resolve("journal" + version);
    }

    @Test
    void psql() throws Exception {
        compare(new PsqlClient(directory.resolve("psql")));
    }

    @Test
    void pgjdbc() throws Exception {
        compare(new PgjdbcClient());
    }

    @Test
    void psycopg2() throws Exception {
        compare(python("psycopg2"));
    }

    @Test
    void nodePostgres() throws Exception {
        compare(new NodeClient("node-postgres"));
    }

    @Test
    void pgbench() throws Exception {
        compare(new PgbenchClient(directory.resolve("pgbench")));
    }

    @Test
    void hikari() throws Exception {
        compare(new HikariClient());
    }

    @Test
    void pgBouncer() throws Exception {
        compare(new BouncerClient(directory.resolve("pgbouncer")));
    }

    /** What makes objects of rows, and what combines types, does the same on every version: the oldest and the newest have to do. */
    @TestFactory
    Stream<DynamicTest> mappers() {
        return MAPPED.contains(version)
                ? mapping()
                        .filter(client -> client.name().matches(System.getProperty(MAPPERS, ".*")))
                        .map(client -> dynamicTest(client.name(), () -> compare(client)))
                : Stream.empty();
    }

    private static Stream<Client> mapping() {
        return Stream.of(
                new CombinationsClient(),
                new HibernateClient(),
                new EclipseLinkClient(),
                python("sqlalchemy"),
                python("django"),
                new NodeClient("sequelize"));
    }

    private static Client python(String library) {
        return new PythonClient(library, directory.resolve(library));
    }

    private void compare(Client client) throws Exception {
        new ClientComparison(version, target.endpoint(), gatewayEndpoint(), target::refresh)
                .compare(client, fewest(client));
        compared.add(client.name());
    }

    private static int fewest(Client client) {
        Map<String, Integer> figures = EVERYWHERE.containsKey(client.name()) ? EVERYWHERE : MAPPERS_ONLY;
        return Objects.requireNonNull(figures.get(client.name()), client::name);
    }

    private Endpoint gatewayEndpoint() {
        Endpoint direct = target.endpoint();
        return new Endpoint(gateway.port(), direct.user(), direct.password(), direct.database());
    }
}
