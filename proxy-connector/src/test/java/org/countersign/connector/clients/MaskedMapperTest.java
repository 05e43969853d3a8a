package org.countersign.connector.clients;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.connector.TestGateway;
import org.countersign.connector.TestTargets;
import org.countersign.connector.clients.JpaModel.Author;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.port.SessionGrant.Upstream;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate for somebody who may do everything but is shown a column masked. */
class MaskedMapperTest {
    private static final String ADDRESS = "zebedee.hollowood";

    @TempDir
    static Path directory;

    private static ComparedTarget target;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        target = ComparedTarget.start(18, directory.resolve("target"));
        target.refresh();
        var out = new JpaTranscript();
        try (EntityManagerFactory entities = HibernateClient.open(
                target.endpoint(), out, Map.of(AvailableSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "create"))) {
            JpaObjects.persist(entities, out);
        }
        try (var connection = DriverManager.getConnection(target.endpoint().url());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update author set email = '" + ADDRESS + "' || id || '@vault.example'"))
                    .isEqualTo(4);
        }
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), policy(target.upstream()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    private static PolicySnapshot policy(Upstream upstream) {
        var shop =
                TestTargets.shop(upstream, Map.of(new FieldName("public.author", "email"), Set.of("email")), Set.of());
        var masked = new RolePolicy(
                "masked",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of("walter")),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("*")),
                        List.of(new ResourcePattern("*")),
                        List.of(new Glob("*")))),
                Map.of("email", MaskKind.PARTIAL),
                Long.MAX_VALUE);
        return new PolicySnapshot(1, Map.of("shop", shop), List.of(masked), List.of(), List.of());
    }

    @Test
    void worksOnAndShowsNoMaskedValue() {
        var out = new JpaTranscript();
        try (EntityManagerFactory entities = HibernateClient.open(masked(), out, Map.of())) {
            JpaQueries.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaLocks.all().forEach((name, operation) -> out.operation(name, entities, operation));
            JpaObjects.all().entrySet().stream()
                    .filter(one -> !one.getKey().equals("persist with cascades"))
                    .forEach(one -> out.operation(one.getKey(), entities, one.getValue()));
            out.operation(
                    "at last",
                    entities,
                    (all, transcript) -> transcript.transaction(
                            all,
                            manager -> transcript.all(manager.createQuery("select a from Author a where a.id = 3"))));
        }
        String seen = out.text();
        assertThat(seen).contains("z***").doesNotContain("ebedee").doesNotContain("hollowood");
        assertThat(seen.substring(seen.indexOf("== at last"))).contains("1 results");
        assertThat(seen)
                .doesNotContainPattern(
                        "failed (FATAL|PANIC|(ERROR )?(08|57P|XX))|connection has been closed|Protocol error");
    }

    @Test
    void doesNotWriteTheMaskThatItRead() throws Exception {
        var out = new JpaTranscript();
        try (EntityManagerFactory entities = HibernateClient.open(masked(), out, Map.of())) {
            out.transaction(entities, manager -> manager.find(Author.class, 4L).name = "Written back");
        }
        assertThat(out.text()).contains("42501").contains("public.author.email").contains("what the mask shows");
        try (var connection = DriverManager.getConnection(target.endpoint().url());
                var statement = connection.createStatement();
                var row = statement.executeQuery("select email, name from author where id = 4")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(ADDRESS + "4@vault.example");
            assertThat(row.getString(2)).isNotEqualTo("Written back");
        }
    }

    private static Endpoint masked() {
        Endpoint direct = target.endpoint();
        return new Endpoint(gateway.port(), "walter", ComparedTarget.PASSWORD, direct.database());
    }
}
