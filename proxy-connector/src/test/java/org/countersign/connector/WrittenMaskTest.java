package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.wire.postgres.BackendMessage;
import org.countersign.wire.postgres.BackendMessage.CommandComplete;
import org.countersign.wire.postgres.BackendMessage.ErrorResponse;
import org.countersign.wire.postgres.BackendMessage.ReadyForQuery;
import org.countersign.wire.postgres.FrontendMessage;
import org.countersign.wire.postgres.FrontendMessage.Bind;
import org.countersign.wire.postgres.FrontendMessage.Execute;
import org.countersign.wire.postgres.FrontendMessage.Parse;
import org.countersign.wire.postgres.FrontendMessage.Query;
import org.countersign.wire.postgres.FrontendMessage.Sync;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that may write a column which is masked for it, and writes back what it read. */
class WrittenMaskTest {
    private static final String COLUMN = "public.notes.(id,body)";

    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        target = DemoTarget.start(directory.resolve("target"));
        target.renew();
        target.run(
                "create table notes (id int primary key, body text)",
                "insert into notes values (1, 'the secret one')",
                "grant all on notes to public");
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
        var upstream = target.upstream();
        var shop = TestTargets.shop(
                upstream, Map.of(new FieldName("public.notes", "body"), Set.of("confidential")), Set.of());
        var writer = new RolePolicy(
                "writer",
                new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of("walter")),
                List.of(new Permission(
                        List.of(new Glob("shop")),
                        List.of(new Glob("sql:*")),
                        List.of(new ResourcePattern(COLUMN)),
                        List.of())),
                Map.of("confidential", MaskKind.LAST4),
                Long.MAX_VALUE);
        gateway.core.policy = new PolicySnapshot(8, Map.of("shop", shop), List.of(writer), List.of(), List.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update notes set body = '**********one!' where id = 1",
                "update notes set body = E'\\x2a\\x2a**one!' where id = 1",
                "update notes set body = $$***one!$$ where id = 1",
                "update notes set body = U&'***one!' where id = 1",
                "update notes set body = E'\\x2a\\052\\x2aone!' where id = 1",
                "update notes set body = E'\\u002a\\U0000002a\\x2aone!' where id = 1",
                "update notes set body = U&'\\002a\\+00002a\\002aone!' where id = 1",
                "update notes set body = U&'!002a!002a!002aone' uescape '!' where id = 1",
                "update notes set body = '**'\n'*one!' where id = 1",
                "insert into notes values (2, '***one!')",
                "insert into notes values (1, 'new') on conflict (id) do update set body = '***one!'",
                "update notes set id = 1 where id = 1; update notes set body = '***one!' where id = 1"
            })
    void refusesAMaskTypedInTheStatement(String sql) throws Exception {
        refused(new Query(sql));
    }

    @Test
    void refusesAMaskThatIsBound() throws Exception {
        refused(
                new Parse("", "update notes set body = $1 where id = $2", List.of()),
                new Bind("", "", List.of(), List.of(bytes("*********one!"), bytes("1")), List.of()),
                new Execute("", 0),
                new Sync());
    }

    @Test
    void writesARealValue() throws Exception {
        assertThat(said(new Query("insert into notes values (3, 'a real *** value')")))
                .anyMatch(CommandComplete.class::isInstance);
        assertThat(target.ask("select body from notes where id = 3")).isEqualTo("a real *** value");
    }

    private static void refused(FrontendMessage... messages) throws Exception {
        assertThat(said(messages))
                .filteredOn(ErrorResponse.class::isInstance)
                .singleElement()
                .satisfies(error -> {
                    var diagnostic = ((ErrorResponse) error).diagnostic();
                    assertThat(diagnostic.sqlState()).isEqualTo("42501");
                    assertThat(diagnostic.message())
                            .contains("public.notes.body")
                            .contains("what the mask shows")
                            .doesNotContain("one!");
                });
        assertThat(target.ask("select string_agg(body, ',') from notes where id < 3"))
                .isEqualTo("the secret one");
    }

    private static List<BackendMessage> said(FrontendMessage... messages) throws Exception {
        try (var client = RawClient.signedIn(gateway.port(), "walter", TestCore.PASSWORD)) {
            client.send(messages);
            List<BackendMessage> said = new ArrayList<>();
            BackendMessage message = client.receive();
            while (!(message instanceof ReadyForQuery)) {
                said.add(message);
                message = client.receive();
            }
            return said;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
