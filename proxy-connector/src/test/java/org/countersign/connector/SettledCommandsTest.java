package org.countersign.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.countersign.connector.metrics.Metric;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.Verdict;
import org.countersign.model.port.CommandDesk.Ruling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store has to agree to does not run before it did. */
class SettledCommandsTest {
    @Started
    private static DemoTarget target;

    @Started
    private static TestGateway gateway;

    @AfterEach
    void mend() {
        gateway.core.mend();
    }

    @Test
    void runsWhatTheStoreAgreesTo() throws Exception {
        gateway.core.settling = Optional.of(ruling -> ruling);
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("update orders set note = 'settled' where id = 61"))
                    .containsExactly("UPDATE 1", "ready IDLE");
            assertThat(client.query("select note from orders where id = 61")).contains("[settled]");
        }
    }

    @Test
    void saysOnceForEachBreakGlassThatItIsOneAndCountsTheCommands() throws Exception {
        String rule = "break-glass:5c1e4f0a-0000-4000-8000-000000000001";
        gateway.core.settling = Optional.of(ruling -> new Ruling(
                new Verdict.Allow(List.of("clerk", rule), ((Verdict.Allow) ruling.verdict()).masks()),
                ruling.policyVersion()));
        long before = gateway.metrics.value(Metric.BREAK_GLASS_COMMANDS);
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("update orders set note = 'urgent' where id = 64"))
                    .containsExactly("notice 01000", "UPDATE 1", "ready IDLE");
            assertThat(client.query("update orders set note = 'urgent' where id = 65"))
                    .containsExactly("UPDATE 1", "ready IDLE");
        }
        assertThat(gateway.metrics.value(Metric.BREAK_GLASS_COMMANDS)).isEqualTo(before + 2);
    }

    @Test
    void refusesInTheStoresWords() throws Exception {
        var deny = new Verdict.Deny(
                List.of("changer-is-not-releaser"), CountersignError.CONFLICT_OF_DUTIES, "frank changed it", "");
        gateway.core.settling = Optional.of(ruling -> new Ruling(deny, ruling.policyVersion()));
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("update orders set note = 'refused' where id = 62"))
                    .containsExactly("ERROR SD004", "ready IDLE");
            assertThat(client.query("select note from orders where id = 62"))
                    .containsExactly("ERROR SD004", "ready IDLE");
        }
        assertThat(target.ask("select coalesce(note, '') <> 'refused' from orders where id = 62"))
                .isEqualTo("t");
    }

    @Test
    void runsNothingWhenTheStoreDoesNotAnswer() throws Exception {
        gateway.core.settling = Optional.of(ruling -> {
            throw new IllegalStateException("the store is away");
        });
        try (var client = gateway.signIn("frank")) {
            assertThat(client.query("update orders set note = 'unanswered' where id = 63"))
                    .containsExactly("ERROR 57P03", "ready IDLE");
            gateway.core.mend();
            assertThat(client.query("select coalesce(note, '') from orders where id = 63"))
                    .doesNotContain("[unanswered]");
        }
    }
}
