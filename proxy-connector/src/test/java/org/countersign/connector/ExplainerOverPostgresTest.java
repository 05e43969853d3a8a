package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.countersign.journal.JournalReader;
import org.countersign.model.CountersignError;
import org.countersign.model.audit.FrameType;
import org.countersign.model.command.Effect;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.port.Explainer;
import org.countersign.model.port.Explanation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a text would do is found out on the target itself, and nothing of it happens there. */
class ExplainerOverPostgresTest {
    @TempDir
    static Path directory;

    private static DemoTarget target;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        target = DemoTarget.start(directory.resolve("target"));
        target.renew();
        target.logStatements();
        gateway = new TestGateway(target.upstream(), directory.resolve("journal"), 0, Optional.empty());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        target.close();
    }

    @AfterEach
    void nothingStaysOpen() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(target.sessions()).isZero());
        assertThat(gateway.sessions()).isZero();
        assertThat(gateway.core.approvals).isEmpty();
    }

    private static Explanation explain(String principal, String sql) throws AccessRefusedException {
        return gateway.explainer.explain(
                new Explainer.Inquiry(UUID.randomUUID(), principal, "shop", sql, "127.0.0.1:1", false));
    }

    private static Explanation.Judged judged(String principal, String sql) throws AccessRefusedException {
        return (Explanation.Judged) explain(principal, sql);
    }

    @Test
    void tellsWhatAReadReturnsAndHowItIsMasked() throws Exception {
        Explanation.Judged judged =
                judged("support-agent", "select id, email as mail from customers where id = $1 order by id");

        assertThat(judged.command().kind()).isEqualTo("select");
        assertThat(judged.command().effects()).containsExactly(Effect.READ);
        assertThat(judged.command().outputs())
                .extracting(output -> output.label() + output.sources())
                .containsExactly("id[public.customers.id]", "mail[public.customers.email]");
        assertThat(judged.command().examined()).containsExactly(new FieldName("public.customers", "id"));
        assertThat(judged.ruling().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Allow.class,
                        allow -> assertThat(allow.masks().columns()).containsExactly(MaskKind.CLEAR, MaskKind.PARTIAL));
        assertThat(judged.later()).isEmpty();
    }

    @Test
    void tellsThatAWriteWouldBeHeldWithoutAskingAnybodyOrWriting() throws Exception {
        String before = target.ask("select note from orders where id = 1");

        Explanation.Judged judged = judged("orders-agent", "update orders set note = 'explained' where id = 1");

        assertThat(judged.ruling().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Hold.class,
                        hold -> assertThat(hold.rules()).containsExactly("agent-writes-need-a-person"));
        assertThat(judged.command().written()).containsExactly(new FieldName("public.orders", "note"));
        assertThat(target.ask("select note from orders where id = 1")).isEqualTo(before);
    }

    @Test
    void tellsThatACopyWouldBeHeldOnceItsDataIsThere() throws Exception {
        assertThat(judged("orders-agent", "copy orders from stdin").ruling().verdict())
                .isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void tellsWhichPermissionIsMissing() throws Exception {
        assertThat(judged("support-agent", "select amount from payments")
                        .ruling()
                        .verdict())
                .isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
                    assertThat(deny.rules()).containsExactly("no-permission");
                    assertThat(deny.message()).contains("sql:select on public.payments.(amount)");
                });
    }

    @Test
    void judgesSeveralStatementsTogetherAndMarksWhatIsUnderstoodLater() throws Exception {
        Explanation.Judged judged = judged(
                "frank", "create table explained_later (a int); insert into explained_later values (1); select 1");

        assertThat(judged.command().statements()).isEqualTo(3);
        assertThat(judged.later()).containsExactly(1);
        assertThat(target.ask("select to_regclass('public.explained_later')")).isEqualTo("null");
    }

    @Test
    void aStatementWithEffectsOfItsOwnDoesNotRun() throws Exception {
        target.run("create sequence if not exists explained", "grant all on sequence explained to public");

        judged("frank", "select nextval('explained')");
        judged("frank", "vacuum orders");
        judged("frank", "explain analyze delete from orders");
        judged("frank", "begin; delete from orders; commit");
        judged("frank", "copy orders to stdout");

        assertThat(target.ask("select is_called from explained")).isEqualTo("f");
        assertThat(target.ask("select count(*) from orders")).isEqualTo("3000");
    }

    @Test
    void tellsWhereAMistakeIs() throws Exception {
        assertThat(explain("frank", "select 'ö', nothing_of_this from orders"))
                .isInstanceOfSatisfying(Explanation.Mistaken.class, mistaken -> {
                    assertThat(mistaken.sqlState()).isEqualTo("42703");
                    assertThat(mistaken.message()).contains("nothing_of_this");
                    assertThat(mistaken.position()).contains(13);
                });
        assertThat(explain("frank", "  selec 1"))
                .isInstanceOfSatisfying(
                        Explanation.Mistaken.class,
                        mistaken -> assertThat(mistaken.position()).contains(3));
        assertThat(explain("frank", "select 1; selec 2"))
                .isInstanceOfSatisfying(
                        Explanation.Mistaken.class,
                        mistaken -> assertThat(mistaken.position()).contains(11));
        assertThat(explain("frank", "select 'open")).isInstanceOf(Explanation.Mistaken.class);
    }

    @Test
    void tellsWhatCannotBeInspected() throws Exception {
        assertThat(explain("frank", "set role postgres"))
                .isInstanceOfSatisfying(
                        Explanation.Unreadable.class,
                        unreadable -> assertThat(unreadable.error()).isEqualTo(CountersignError.CANNOT_BE_INSPECTED));
        assertThat(explain("frank", " -- nothing")).isInstanceOf(Explanation.Unreadable.class);
    }

    @Test
    void refusesWhomTheCoreLetsInNowhere() {
        assertThatThrownBy(() -> gateway.explainer.explain(
                        new Explainer.Inquiry(UUID.randomUUID(), "frank", "nowhere", "select 1", "127.0.0.1:1", false)))
                .isInstanceOfSatisfying(
                        AccessRefusedException.class,
                        refused -> assertThat(refused.error()).isEqualTo(CountersignError.UNKNOWN_TARGET));
    }

    @Test
    void givesUpALockedTableLikeAnyAnalysisDoes() throws Exception {
        try (Connection other = target.superuser();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table payments in access exclusive mode");

            assertThat(explain("frank", "select * from payments"))
                    .isInstanceOfSatisfying(
                            Explanation.Mistaken.class,
                            mistaken -> assertThat(mistaken.sqlState()).isEqualTo("55P03"));
            other.rollback();
        }
    }

    @Test
    void isRecordedWithWhoAskedAboutWhomAndWhat() throws Exception {
        Explanation explanation = explain("support-agent", "select id from orders where 'recorded' is null");

        UUID session = explanation.session().id().value();
        List<String> frames = new ArrayList<>();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            frames.clear();
            new JournalReader(directory.resolve("journal")).frames(frame -> {
                if (frame.session().equals(session)) {
                    frames.add(FrameType.of(frame.type()) + " " + new String(frame.payload(), StandardCharsets.UTF_8));
                }
            });
            assertThat(frames).hasSize(5);
        });
        assertThat(frames.get(0))
                .startsWith("SESSION_OPENED")
                .contains("\"principal\":{\"name\":\"erin\"", "\"explainedAs\":{\"name\":\"support-agent\"");
        assertThat(frames.get(1)).startsWith("RECEIVED").contains("'recorded' is null");
        assertThat(frames.get(2)).startsWith("VERDICT").contains("\"verdict\":\"allow\"");
        assertThat(frames.get(3)).startsWith("FINISHED").contains("\"outcome\":\"explained\"");
        assertThat(frames.get(4)).startsWith("SESSION_CLOSED");
    }
}
