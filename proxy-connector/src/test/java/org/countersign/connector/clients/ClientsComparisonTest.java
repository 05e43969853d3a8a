package org.countersign.connector.clients;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
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
    private static final int FEWEST_OPERATIONS = 10;

    @TempDir
    static Path directory;

    private static ComparedTarget target;
    private static TestGateway gateway;

    @Parameter
    int version;

    /** All, or those of {@code -Dcountersign.versions=15,16}. */
    static IntStream versions() {
        return Arrays.stream(System.getProperty(VERSIONS, "14,15,16,17,18").split(","))
                .mapToInt(Integer::parseInt);
    }

    @BeforeParameterizedClassInvocation
    static void start(int version) throws IOException, SQLException {
        target = ComparedTarget.start(version, directory.resolve("target" + version));
        gateway = new TestGateway(target.upstream(), directory.resolve("journal" + version), 0, Optional.empty());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        gateway.close();
        target.close();
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

    /** What makes objects of rows does the same on every version: the oldest and the newest have to do. */
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
                .compare(client, FEWEST_OPERATIONS);
    }

    private Endpoint gatewayEndpoint() {
        Endpoint direct = target.endpoint();
        return new Endpoint(gateway.port(), direct.user(), direct.password(), direct.database());
    }
}
