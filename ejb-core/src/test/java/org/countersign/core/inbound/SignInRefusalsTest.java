package org.countersign.core.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.countersign.core.TickingClock;
import org.countersign.core.audit.Attempt;
import org.countersign.core.audit.Attempts;
import org.countersign.core.identity.TestPrincipals;
import org.countersign.model.CountersignError;
import org.countersign.model.port.AccessRefusedException;
import org.countersign.model.session.Principal;
import org.junit.jupiter.api.Test;

class SignInRefusalsTest {
    private final TickingClock clock = new TickingClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final List<String> kept = new ArrayList<>();

    private final SignInRefusals refusals = new SignInRefusals(
            new Attempts() {
                @Override
                public void note(Principal who, Attempt attempt, String object, String reason, String message) {
                    kept.add(who.name() + " " + attempt.label() + " " + object + " " + reason + " " + message);
                }
            },
            clock);

    @Test
    void keepsEachReasonOnceAMinute() {
        refuse("mona", "suspended");
        refuse("mona", "suspended");
        refuse("mona", "revoked");
        refuse("nils", "suspended");
        clock.tick(Duration.ofSeconds(59));
        refuse("mona", "suspended");
        assertThat(kept)
                .containsExactly(
                        "mona open-session Target/shop not-signed-in suspended",
                        "mona open-session Target/shop not-signed-in revoked",
                        "nils open-session Target/shop not-signed-in suspended");

        clock.tick(Duration.ofSeconds(1));
        refuse("mona", "suspended");
        assertThat(kept).hasSize(4);
    }

    private void refuse(String name, String why) {
        refusals.note(
                TestPrincipals.person(name),
                "shop",
                new AccessRefusedException(CountersignError.NOT_SIGNED_IN, why, "Ask."));
    }
}
