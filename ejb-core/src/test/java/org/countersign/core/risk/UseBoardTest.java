package org.countersign.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.countersign.core.risk.UseKey.Kind;
import org.countersign.model.command.Access;
import org.countersign.model.command.Action;
import org.countersign.model.command.Command;
import org.countersign.model.command.Effect;
import org.countersign.model.command.Resource;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.ApprovalRequirement.Approvers;
import org.countersign.model.policy.Background;
import org.countersign.model.policy.Budget;
import org.countersign.model.policy.Judgement;
import org.countersign.model.policy.Usage;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.Allowance;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

final class UseBoardTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Budget DAY = budget(Budget.Per.DAY, new Usage(100, 1_000, 50, 10));
    private static final Budget SESSION = budget(Budget.Per.SESSION, new Usage(100, 1_000, 50, 10));
    private static final Budget TASK = budget(Budget.Per.TASK, new Usage(100, 1_000, 50, 10));
    private static final SqlCommand UPDATE = new SqlCommand(
            "update",
            "update orders set note = ''",
            List.of(),
            SqlAnalysis.utility(
                    List.of(new Access(Action.sql("update"), new Resource.Everything())), Set.of(Effect.WRITE)),
            List.of(),
            false);

    private final UseBoard board = new UseBoard();

    private static Budget budget(Budget.Per per, Usage most) {
        return new Budget("writer", per, most, Optional.empty());
    }

    private SessionFacts session(String task) {
        var principal = new Principal(
                "https://idp",
                "sub",
                "alice",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                "cli",
                Optional.of(task));
        var session = new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:1", false, NOON);
        board.opened(session, PastUse.NOTHING);
        return session;
    }

    private Allowance allowance(SessionFacts session, Instant now, Budget... budgets) {
        return allowance(session, now, List.of(), budgets);
    }

    private Allowance allowance(SessionFacts session, Instant now, List<Budget> passed, Budget... budgets) {
        var judgement = new Judgement(
                new Verdict.Allow(List.of(), new MaskPlan(List.of(), Map.of(), false, Long.MAX_VALUE)),
                Optional.empty(),
                false,
                List.of(budgets),
                passed);
        return board.allowance(session, (Command) UPDATE, judgement, now);
    }

    @Test
    void aHundredThreadsTakeExactlyWhatThereIs() throws Exception {
        var sessions = List.of(session("T-1"), session("T-1"));
        var begun = new AtomicInteger();
        var shown = new AtomicInteger();
        var ready = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (int i = 0; i < 100; i++) {
                Allowance allowance = allowance(sessions.get(i % 2), NOON, SESSION, DAY);
                threads.submit(() -> {
                    ready.await();
                    if (allowance.begin()) {
                        begun.incrementAndGet();
                    }
                    for (int row = 0; row < 5; row++) {
                        if (allowance.draw(1, 3).isEmpty()) {
                            shown.incrementAndGet();
                        }
                    }
                    return true;
                });
            }
            ready.countDown();
        }
        assertThat(begun).hasValue(10);
        assertThat(shown).hasValue(100);
        assertThat(board.background(sessions.getFirst(), NOON).drawn(DAY)).isEqualTo(new Usage(100, 300, 10, 10));
    }

    @Test
    void whatIsNotThereIsTakenOfNothing() {
        SessionFacts one = session("T-1");
        SessionFacts other = session("T-1");
        assertThat(allowance(one, NOON, SESSION, DAY).draw(60, 0)).isEmpty();
        Allowance second = allowance(other, NOON, SESSION, DAY);
        assertThat(second.rowsLeft()).isEqualTo(40);
        assertThat(second.draw(41, 0)).hasValueSatisfying(over -> {
            assertThat(over.rule()).isEqualTo("budget/writer/day");
            assertThat(over.message()).isEqualTo("The budget of writer per day is used up: 60 of 100 rows.");
            assertThat(over.hint()).contains("2026-11-23T00:00:00Z");
        });
        assertThat(board.background(other, NOON).drawn(SESSION)).isEqualTo(Usage.NONE);
        assertThat(second.draw(40, 0)).isEmpty();
    }

    @Test
    void eachSessionTaskAndDayHasItsOwn() {
        SessionFacts one = session("T-1");
        SessionFacts other = session("T-2");
        allowance(one, NOON, SESSION, TASK, DAY).begin();
        assertThat(board.background(other, NOON).drawn(SESSION)).isEqualTo(Usage.NONE);
        assertThat(board.background(other, NOON).drawn(TASK)).isEqualTo(Usage.NONE);
        assertThat(board.background(session("T-1"), NOON).drawn(TASK).commands())
                .isEqualTo(1);
        assertThat(board.background(other, NOON).drawn(DAY).commands()).isEqualTo(1);
        assertThat(board.background(other, NOON.plus(Duration.ofDays(1))).drawn(DAY))
                .isEqualTo(Usage.NONE);
    }

    @Test
    void whatWasApprovedBeyondABudgetCountsAndIsNotCut() {
        SessionFacts session = session("T-1");
        allowance(session, NOON, DAY).draw(100, 0);
        Allowance beyond = allowance(session, NOON, List.of(DAY), DAY);
        assertThat(beyond.begin()).isTrue();
        assertThat(beyond.draw(7, 0)).isEmpty();
        assertThat(beyond.mayCut()).isFalse();
        assertThat(board.background(session, NOON).drawn(DAY).rows()).isEqualTo(107);
    }

    @Test
    void aWriteOfMoreRowsThanAreLeftTakesNothing() {
        SessionFacts session = session("T-1");
        Allowance allowance = allowance(session, NOON, SESSION, DAY);
        assertThat(allowance.change(90)).isEmpty();
        assertThat(allowance.change(11)).hasValueSatisfying(over -> {
            assertThat(over.rule()).isEqualTo("budget/writer/session");
            assertThat(over.message())
                    .isEqualTo("It changes 11 rows, and of the budget of writer per session 10 are left.");
        });
        assertThat(board.background(session, NOON).drawn(SESSION).rows()).isEqualTo(90);
        assertThat(allowance.change(10)).isEmpty();
        assertThat(allowance.change(0)).isEmpty();
    }

    @Test
    void aWriteThatIsUndoneIsHeldTheNextTimeWherePeopleMayLetItPass() {
        SessionFacts session = session("T-1");
        ApprovalRequirement asked = new ApprovalRequirement(
                List.of(new Approvers(Set.of("approver"), Set.of(), Set.of())),
                1,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5));
        var holding = new Budget("writer", Budget.Per.DAY, DAY.most(), Optional.of(asked));
        Allowance allowance = allowance(session, NOON, holding);
        assertThat(allowance.change(90)).isEmpty();
        assertThat(allowance.change(11))
                .hasValueSatisfying(over -> assertThat(over.hint()).contains("it is held for an approval"));
        assertThat(board.background(session, NOON).drawn(holding).rows()).isEqualTo(100);
        assertThat(allowance(session, NOON, List.of(holding), holding).change(11))
                .isEmpty();
    }

    @Test
    void whatTheStoreHasIsAddedToWhatItHasNot() {
        SessionFacts session = session("T-1");
        UseKey key = UseKey.of(session.principal(), Kind.ROLE_DAY, "writer", "2026-11-22");
        allowance(session, NOON, DAY).draw(5, 0);
        Usage flushed = board.fresh().get(key);
        allowance(session, NOON, DAY).draw(2, 0);
        board.written(key, flushed, new Usage(45, 0, 0, 0));
        assertThat(board.background(session, NOON).drawn(DAY).rows()).isEqualTo(47);
        assertThat(board.fresh()).containsEntry(key, new Usage(2, 0, 0, 0));
        board.refreshed(key, new Usage(90, 0, 0, 0));
        assertThat(board.background(session, NOON).drawn(DAY).rows()).isEqualTo(92);
    }

    @Test
    void aSessionStartsWithWhatWasUsedBefore() {
        SessionFacts session = session("T-1");
        UseKey day = UseKey.of(session.principal(), Kind.ROLE_DAY, "writer", "2026-11-22");
        UseKey target = UseKey.of(session.principal(), Kind.TARGET_DAY, "shop", "2026-11-22");
        board.opened(
                session,
                new PastUse(
                        Optional.of(LocalDate.parse("2026-10-01")),
                        Optional.of(12L),
                        Map.of(day, new Usage(99, 0, 0, 0), target, new Usage(400, 0, 0, 0))));
        Background known = board.background(session, NOON);
        assertThat(known.drawn(DAY).rows()).isEqualTo(99);
        assertThat(known.newHere()).isFalse();
        assertThat(known.volume()).contains(new Background.Volume(400, 12));
        assertThat(board.background(session("T-9"), NOON).newHere()).isTrue();
    }

    @Test
    void forgetsWhatIsWrittenAndNobodyCountsOn() {
        SessionFacts session = session("T-1");
        allowance(session, NOON, DAY).draw(5, 0);
        board.closed(session.id());
        board.tidy(NOON);
        assertThat(board.fresh()).hasSize(2);
        board.fresh().forEach((key, used) -> board.written(key, used, used));
        board.tidy(NOON);
        assertThat(board.keys()).isEmpty();
    }
}
