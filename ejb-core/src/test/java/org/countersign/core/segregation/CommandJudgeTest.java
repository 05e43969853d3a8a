package org.countersign.core.segregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.policy.DynamicConstraint;
import org.countersign.model.policy.DynamicConstraint.Per;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.TargetSelector;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.SessionFacts;
import org.junit.jupiter.api.Test;

/** The decision with what the session did before. */
class CommandJudgeTest {
    private static final Instant NOW = Segregated.NOW;
    private static final Command INSERT = Segregated.command("insert", "public.orders");
    private static final Command UPDATE = Segregated.command("update", "public.orders");
    private static final PolicySnapshot POLICY = Segregated.policy(new DynamicConstraint(
            "maker-is-not-checker",
            TargetSelector.everyTarget(),
            Per.SESSION,
            Set.of("maker", "checker"),
            List.of(),
            Optional.empty(),
            "Whoever makes an order does not check it."));
    private final SessionDuties sessions = new SessionDuties();
    private final ActBacklog backlog = new ActBacklog();
    private final ConflictBoard conflicts = new ConflictBoard();
    private final CommandJudge judge = new CommandJudge(sessions, backlog, conflicts);
    private final SessionFacts session = Segregated.session("orders-agent");

    @Test
    void theFirstSideIsTheSessionsAndTheRefusalSaysSince() {
        assertThat(decide(session, INSERT, 2)).isInstanceOf(Verdict.Allow.class);
        assertThat(decide(session, UPDATE, 3)).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.error()).isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
            assertThat(deny.rules()).containsExactly("maker-is-not-checker");
            assertThat(deny.message())
                    .isEqualTo("This session has acted as maker since 2026-11-22 10:00:00 UTC (command 3); this command"
                            + " would be checker, and both must be kept apart. (maker-is-not-checker)");
            assertThat(deny.hint()).startsWith("Whoever makes an order does not check it. Use another session");
        });
        assertThat(decide(session, INSERT, 4)).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void anotherSessionIsFreeAndAClosedOneForgotten() {
        assertThat(decide(session, INSERT, 0)).isInstanceOf(Verdict.Allow.class);
        assertThat(decide(Segregated.session("orders-agent"), UPDATE, 0)).isInstanceOf(Verdict.Allow.class);
        sessions.closed(session.id());
        assertThat(decide(session, UPDATE, 0)).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void aRefusedCommandTakesNoSide() {
        assertThat(decide(session, Segregated.command("delete", "public.orders"), 0))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(decide(session, UPDATE, 1)).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void ofTwoSidesAtTheSameMomentOneIsTaken() throws Exception {
        for (int round = 0; round < 200; round++) {
            SessionFacts raced = Segregated.session("orders-agent");
            var together = new CyclicBarrier(2);
            Callable<Verdict> makes = () -> {
                together.await();
                return decide(raced, INSERT, 0);
            };
            Callable<Verdict> checks = () -> {
                together.await();
                return decide(raced, UPDATE, 1);
            };
            try (var threads = Executors.newFixedThreadPool(2)) {
                int allowed = 0;
                for (var verdict : threads.invokeAll(List.of(makes, checks))) {
                    allowed += verdict.get() instanceof Verdict.Allow ? 1 : 0;
                }
                assertThat(allowed).isEqualTo(1);
            }
        }
    }

    private Verdict decide(SessionFacts facts, Command command, long before) {
        return judge.decide(POLICY, facts, command, before, NOW).verdict();
    }
}
