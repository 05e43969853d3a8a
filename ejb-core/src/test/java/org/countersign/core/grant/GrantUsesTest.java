package org.countersign.core.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countersign.core.grant.TestGrants.AGENT;
import static org.countersign.core.grant.TestGrants.FRANK;
import static org.countersign.core.grant.TestGrants.NOW;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.countersign.core.approval.Applications;
import org.countersign.model.CountersignError;
import org.countersign.model.policy.Exceptions;
import org.countersign.model.policy.Verdict;
import org.countersign.model.session.Principal;
import org.countersign.model.session.SessionFacts;
import org.countersign.model.session.SessionId;
import org.junit.jupiter.api.Test;

class GrantUsesTest {
    private static final SessionFacts SESSION = session(AGENT);

    private final TestGrants.Board board = new TestGrants.Board(TestGrants.policy(TestGrants.makers("orders-agent")));
    private Optional<Verdict.Deny> selfApproved = Optional.empty();

    private final Applications applications = new Applications() {
        @Override
        public Optional<Verdict.Deny> selfApproved(UUID id, Principal who) {
            return selfApproved;
        }
    };

    @Test
    void oneOperationIsOneCommandWhateverItsPartsAre() {
        GrantEntity grant = TestGrants.given(true);
        GrantUses uses = uses(grant);

        assertThat(uses.refusal(List.of(grant.id()), SESSION, 1, NOW)).isEmpty();
        uses.use(List.of(grant.id()), SESSION, 1, NOW);
        assertThat(uses.refusal(List.of(grant.id()), SESSION, 1, NOW)).isEmpty();
        uses.use(List.of(grant.id()), SESSION, 1, NOW);

        assertThat(grant.view().uses()).isEqualTo(1);
        assertThat(refusal(uses, grant, SESSION, 2, NOW)).contains("was for one command, which ran");
        assertThat(refusal(uses, grant, session(AGENT), 1, NOW)).contains("was for one command, which ran");
    }

    @Test
    void whatIsOverLetsNothingRun() {
        GrantEntity grant = TestGrants.given(false);
        GrantUses uses = uses(grant);

        assertThat(refusal(uses, grant, SESSION, 1, NOW.plus(Duration.ofHours(1))))
                .contains("has run out at 2026-11-22 11:00:00 UTC");
        grant.revoke("bob", "", NOW);
        assertThat(refusal(uses, grant, SESSION, 1, NOW)).contains("was revoked by bob at 2026-11-22 10:00:00 UTC");
    }

    @Test
    void whoeverGaveItIsSomebodyElseUntilTheEnd() {
        GrantEntity grant = TestGrants.given(false);
        selfApproved = Optional.of(new Verdict.Deny(
                List.of("self-approval"), CountersignError.CONFLICT_OF_DUTIES, "bob answers for it by now.", ""));

        assertThat(uses(grant).refusal(List.of(grant.id()), SESSION, 1, NOW))
                .get()
                .extracting(Verdict.Deny::error)
                .isEqualTo(CountersignError.CONFLICT_OF_DUTIES);
    }

    @Test
    void nothingRunsByWhatThePolicyDoesNotOfferAnyMore() {
        GrantEntity given = TestGrants.given(false);
        GrantEntity taken = TestGrants.taken();
        GrantUses uses = uses(given, taken);
        assertThat(uses.refusal(List.of(taken.id()), session(FRANK), 1, NOW)).isEmpty();

        board.shown = TestGrants.policy(TestGrants.makers("other-agent"));
        assertThat(refusal(uses, given, SESSION, 1, NOW))
                .contains("orders-agent cannot have the role maker on shop any more");
        board.shown = TestGrants.policy(3, Exceptions.NONE);
        assertThat(refusal(uses, taken, session(FRANK), 1, NOW))
                .contains("rests on shop-is-down, by which frank cannot have the role maker");
    }

    @Test
    void whatThePolicyDoesNotOfferAnyMoreEnds() {
        GrantEntity given = TestGrants.given(false);
        GrantEntity taken = TestGrants.taken();
        var active = new ActiveGrants(new TestGrants.Kept(given, taken), Clock.fixed(NOW, ZoneOffset.UTC));

        active.withdraw(board.shown);
        assertThat(given.active(NOW) && taken.active(NOW)).isTrue();

        active.withdraw(TestGrants.policy(3, Exceptions.NONE));
        assertThat(given.view().state()).isEqualTo(GrantState.REVOKED);
        assertThat(given.describedEnd()).isEqualTo("was ended, because the policy does not offer it any more,");
        assertThat(taken.view().reviewDue()).contains(NOW.plus(Duration.ofDays(1)));
    }

    private GrantUses uses(GrantEntity... grants) {
        return new GrantUses(new TestGrants.Kept(grants), new Grounds(applications), new Standing(), board);
    }

    private static String refusal(GrantUses uses, GrantEntity grant, SessionFacts session, long command, Instant now) {
        return uses.refusal(List.of(grant.id()), session, command, now)
                .orElseThrow()
                .message();
    }

    private static SessionFacts session(Principal principal) {
        return new SessionFacts(
                SessionId.random(), principal, "shop", "postgresql", Map.of(), "127.0.0.1:5000", false, NOW);
    }
}
