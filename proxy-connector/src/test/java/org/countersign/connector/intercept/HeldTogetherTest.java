package org.countersign.connector.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.countersign.model.CountersignError;
import org.countersign.model.command.Command;
import org.countersign.model.command.SqlAnalysis;
import org.countersign.model.command.SqlCommand;
import org.countersign.model.masking.MaskPlan;
import org.countersign.model.policy.ApprovalRequirement;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk.Ruling;
import org.junit.jupiter.api.Test;

class HeldTogetherTest {
    private static final UUID APPROVAL = UUID.randomUUID();
    private static final Verdict.Hold HOLD = hold("rule");
    private static final Verdict.Allow ALLOW =
            new Verdict.Allow(List.of("role"), new MaskPlan(List.of(), Map.of(), false, 10));
    private static final Command FIRST = command("first");
    private static final Command SECOND = command("second");
    private static final Command THIRD = command("third");

    private final AtomicLong nanos = new AtomicLong();
    private final HeldTogether together = new HeldTogether(HeldTogetherTest::judge, Command::text, nanos::get);

    @Test
    void passesEachOnceAndInOrder() {
        approve(SECOND, THIRD);

        assertThat(together.take(THIRD, HOLD, 7)).isEmpty();
        assertThat(together.take(SECOND, HOLD, 7))
                .map(HeldTogether.Approval::id)
                .contains(APPROVAL);
        assertThat(together.take(SECOND, HOLD, 7)).isEmpty();
        assertThat(together.take(THIRD, HOLD, 7)).isPresent();
        assertThat(together.take(THIRD, HOLD, 7)).isEmpty();
    }

    @Test
    void passesNothingUnderAnotherPolicyOrForAnotherRule() {
        approve(SECOND);

        assertThat(together.take(SECOND, HOLD, 8)).isEmpty();
        assertThat(together.take(SECOND, hold("another"), 7)).isEmpty();
    }

    @Test
    void passesNothingLaterThanTheApprovalAllows() {
        approve(SECOND);
        nanos.addAndGet(Duration.ofMinutes(5).toNanos() + 1);

        assertThat(together.take(SECOND, HOLD, 7)).isEmpty();
    }

    @Test
    void passesNothingBehindTheBatch() {
        approve(SECOND);
        together.over();

        assertThat(together.take(SECOND, HOLD, 7)).isEmpty();
    }

    @Test
    void asksOnlyAboutWhatWouldBeHeldAndNothingBehindARefusal() {
        HeldTogether.Sheaf sheaf =
                together.gather(FIRST, HOLD, behind(command("allowed"), SECOND, command("denied"), THIRD));

        assertThat(sheaf.behind()).containsExactly(SECOND);
    }

    @Test
    void asksAloneWhereAllTogetherWouldBeRefused() {
        HeldTogether.Sheaf sheaf = together.gather(FIRST, HOLD, behind(command("too much")));

        assertThat(sheaf.whole()).isSameAs(FIRST);
        assertThat(sheaf.behind()).isEmpty();
    }

    private void approve(Command... behind) {
        HeldTogether.Sheaf sheaf = together.gather(FIRST, HOLD, behind(behind));
        assertThat(sheaf.behind()).containsExactly(behind);
        together.redeemed(sheaf, APPROVAL, new Ruling(ALLOW, 7));
    }

    private static Verdict judge(Command command) {
        return switch (command.text()) {
            case "allowed" -> ALLOW;
            case "denied", "first;too much" -> new Verdict.Deny(List.of(), CountersignError.DENIED, "", "");
            default -> HOLD;
        };
    }

    private static Verdict.Hold hold(String rule) {
        var requirement = new ApprovalRequirement(
                List.of(new ApprovalRequirement.Approvers(Set.of("approver"), Set.of(), Set.of())),
                1,
                Duration.ofMinutes(15),
                Duration.ofMinutes(5));
        return new Verdict.Hold(List.of(rule), requirement, "");
    }

    private static Command command(String text) {
        return new SqlCommand("update", text, List.of(), SqlAnalysis.harmless(), List.of(), false);
    }

    private static Company behind(Command... commands) {
        return new Company() {
            @Override
            public List<Command> behind() {
                return List.of(commands);
            }

            @Override
            public Command together(List<Command> all) {
                return command(String.join(";", all.stream().map(Command::text).toList()));
            }

            @Override
            public CompletionStage<Boolean> unchanged(List<Command> all) {
                return CompletableFuture.completedStage(true);
            }
        };
    }
}
